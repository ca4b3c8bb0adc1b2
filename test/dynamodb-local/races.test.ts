import { races } from "../support/races.ts";
import { dynamodbLocal } from "./start.ts";

races("DynamoDB Local", dynamodbLocal);
