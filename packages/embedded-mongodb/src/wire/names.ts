/** The replica set's name that clients see. */
export const REPLICA_SET = 'embedded';

/** The data file inside the data folder; SQLite keeps its log beside it. */
export const DATA_FILE = 'embedded.db';
