import type { DynamoDBStreamEvent } from "aws-lambda";
import { grantType } from "../protocol/oauth.ts";
import type { LocalDynamoDB } from "../test/support/dynamodb.ts";
import { testExchange } from "../test/support/exchange.ts";
import { immunizations, network } from "../test/support/network.ts";
import { answered } from "../test/support/parties.ts";
import { type Recorded, recording } from "./recording.ts";

const URL_OF_DYNAMODB = "AWS_ENDPOINT_URL_DYNAMODB";

/** June's story as the README tells it, with a Client that polls four times in vain, on any DynamoDB; each operation as it was recorded. */
export async function juneStory(dynamodb: LocalDynamoDB): Promise<readonly Recorded[]> {
  const exchange = await testExchange(dynamodb);
  const keys = (table: string) => (table === exchange.tables.records ? ["pk", "sk"] : ["pk"]);
  const clock = Date.now;
  const recorder = await recording(String(process.env[URL_OF_DYNAMODB]), dynamodb.endpoint, keys);
  try {
    process.env[URL_OF_DYNAMODB] = recorder.follow;
    await (await import("../functions/notify.ts")).handler(nothingToDo as DynamoDBStreamEvent, {});
    process.env[URL_OF_DYNAMODB] = recorder.url;
    await lived(exchange, recorder);
    return recorder.recorded.filter(({ table }) => table !== exchange.tables.keys);
  } finally {
    Date.now = clock;
    recorder.close();
    await exchange.close();
  }
}

/** Makes the function behind the stream find its own way to the database. */
const image = { pk: { S: "CONSENT#nobody" }, kind: { S: "consent" }, state: { S: "requested" } };
const nothingToDo = { Records: [{ eventName: "INSERT", dynamodb: { NewImage: image, SequenceNumber: "1" } }] };

type Recorder = Awaited<ReturnType<typeof recording>>;

async function lived(exchange: Awaited<ReturnType<typeof testExchange>>, { begin }: Recorder): Promise<void> {
  const { app, june, provincial, lakeside } = await network(exchange);
  const clock = Date.now;
  let later = 0;
  const during = async <T>(step: string, behind: string, work: () => Promise<T>): Promise<T> => {
    // Longer than any cache of parties and people, and as long as a Client waits between polls.
    later += 6_000;
    Date.now = () => clock() + later;
    begin(step, behind);
    const result = await work();
    await exchange.settled();
    begin("");
    return result;
  };
  const token = (parameters: Record<string, string>) => app.post("/token", parameters);

  const login_hint = await during("one-time code", "", () => june.code("app"));
  const detail = { type: immunizations, actions: ["read"], optional_actions: ["subscribe"], duration: "P90D" };
  const asked = await during("bc-authorize", "notify: asked", () =>
    answered(
      app.post("/bc-authorize", {
        scope: "openid",
        login_hint,
        binding_message: "K7Q 2M9",
        authorization_details: JSON.stringify([{ ...detail, purpose: "immunization-calendar" }]),
      }),
    ),
  );
  const redemption = { grant_type: grantType.ciba, auth_req_id: String(asked["auth_req_id"]) };
  for (const poll of [1, 2, 3, 4]) await during(`poll ${poll}, pending`, "", () => token(redemption));

  const [waiting] = await june.requests();
  const screen = await during("request screen", "", () => june.screen(String(waiting?.id)));
  await during("approve", "notify: approved", () => june.approve(screen).then(succeeded));
  const tokens = await during("poll 5, redeems", "", () =>
    answered(token({ ...redemption, resource: "https://registry.test" })),
  );
  const refresh = { grant_type: grantType.refresh_token, refresh_token: String(tokens["refresh_token"]) };
  const second = await during("refresh for the second source", "", () =>
    answered(token({ ...refresh, resource: "https://clinic.test" })),
  );
  for (const [source, access_token] of [
    [provincial, tokens["access_token"]],
    [lakeside, second["access_token"]],
  ] as const)
    await during(`introspection by source ${source === provincial ? 1 : 2}`, "", () =>
      answered(source.post("/introspect", { token: String(access_token) })).then(isActive),
    );
  await during("withdraw", "notify: withdrawn", () => june.withdraw(screen.id));
}

async function isActive({ active }: Record<string, unknown>): Promise<void> {
  if (active !== true) throw new Error("a token of the story is not active");
}

async function succeeded(response: Response): Promise<void> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}
