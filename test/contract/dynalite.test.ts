import { afterAll } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { dynamodbContract } from "./dynamodb.ts";

const dynamodb = await dynalite();
afterAll(() => dynamodb.close());
dynamodbContract("dynalite", dynamodb);
