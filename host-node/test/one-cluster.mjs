// One cluster and one client of it, for all tests of a file.

import { after, before } from "node:test";

import { connect } from "../dist/index.mjs";
import { startCluster } from "./lab.mjs";

export let cluster;
export let db;

/** To be called once: they are there from the file's first test to its last. */
export function useOneCluster() {
  before(async () => {
    cluster = await startCluster();
    db = await connect(cluster.seeds);
  });
  after(async () => {
    await db?.close();
    await cluster?.stop();
  });
}
