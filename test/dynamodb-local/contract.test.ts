import { afterAll } from "vitest";
import { dynamodbContract } from "../contract/dynamodb.ts";
import { dynamodbLocal } from "./start.ts";

const dynamodb = await dynamodbLocal();
afterAll(() => dynamodb.close());
dynamodbContract("DynamoDB Local", dynamodb);
