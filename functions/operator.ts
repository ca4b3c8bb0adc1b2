import { operatorAdd, operatorList, operatorSetStatus, operatorShow } from "../core/endpoints/operator.ts";
import { operatorRemoveLogo, operatorSetLogo } from "../core/endpoints/operator-logo.ts";
import { jsonAnswer, resource } from "./http/endpoints.ts";
import { httpFunction } from "./http/http-function.ts";
import { exchange, list } from "./ports.ts";

const as = exchange(process.env);

export const handler = httpFunction(
  {
    "POST /operator/{kind}": resource(as, async (request, { kind = "" }) => {
      const { created, value } = await operatorAdd(as, request, kind);
      return jsonAnswer(created ? 201 : 200, value);
    }),
    "GET /operator/{kind}": resource(as, async (request, { kind = "" }) =>
      jsonAnswer(200, await operatorList(as, request, kind)),
    ),
    "GET /operator/{kind}/{id}": resource(as, async (request, { kind = "", id = "" }) =>
      jsonAnswer(200, await operatorShow(as, request, kind, id)),
    ),
    "POST /operator/{kind}/{id}/suspend": resource(as, async (request, { kind = "", id = "" }) =>
      jsonAnswer(200, await operatorSetStatus(as, request, kind, id, "suspended")),
    ),
    "POST /operator/{kind}/{id}/resume": resource(as, async (request, { kind = "", id = "" }) =>
      jsonAnswer(200, await operatorSetStatus(as, request, kind, id, "active")),
    ),
    "PUT /operator/{kind}/{id}/logo": resource(as, async (request, { kind = "", id = "" }) =>
      jsonAnswer(200, await operatorSetLogo(as, request, kind, id)),
    ),
    "DELETE /operator/{kind}/{id}/logo": resource(as, async (request, { kind = "", id = "" }) =>
      jsonAnswer(200, await operatorRemoveLogo(as, request, kind, id)),
    ),
  },
  list(process.env, "ORIGIN_SECRETS"),
);
