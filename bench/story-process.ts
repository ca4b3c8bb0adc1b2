import { dynalite } from "../test/support/dynamodb.ts";
import { answering } from "./pinned.ts";
import { juneStory } from "./story.ts";

/** The story in a process of its own: handlers keep the environment they were imported in. */
answering(async () => juneStory(await dynalite()));
