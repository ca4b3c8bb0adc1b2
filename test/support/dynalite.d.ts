declare module "dynalite" {
  import type { Server } from "node:http";
  /** The embedded DynamoDB; times are how long table states last, in milliseconds; `path` keeps it on disk. */
  export default function dynalite(options?: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
}
