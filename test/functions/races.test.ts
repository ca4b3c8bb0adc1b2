import { dynalite } from "../support/dynamodb.ts";
import { races } from "../support/races.ts";

races("dynalite", dynalite);
