// Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

import {
  type BitOperation as BitfieldOperation,
  bitfield,
  counted,
  type GeoOrigin,
  geoOrigin,
  type GeoShape,
  geoShape,
  given,
  groups,
  type Int,
  type Many,
  many,
  type Pairs,
  refuseSurplus,
  type ScoredMembers,
  scoredMembers,
  type Streams,
  streams,
  type Trim,
  trim,
} from "./arguments.js";
import type { Value } from "./decode.js";
import type { Arg } from "./encode.js";
import type { Out } from "./out.js";
import { type Renamed, renamed } from "./renamed.js";
import type {
  Autoclaimed,
  ClientInfo,
  ClusterNode,
  Fields,
  GeoMatch,
  Info,
  LcsMatch,
  OneOrMany,
  PendingSummary,
  Perhaps,
  PerNode,
  Role,
  Sample,
  ScanPage,
  SlotOwners,
  SlotStats,
  SlowlogEntry,
  StreamEntry,
} from "./replies.js";

export type Aggregate = "SUM" | "MIN" | "MAX" | "COUNT";

export type ArrayOperation = "SUM" | "MIN" | "MAX" | "AND" | "OR" | "XOR" | "USED";

export type BitOperation = "AND" | "OR" | "XOR" | "NOT";

export type ClientType = "normal" | "master" | "replica" | "pubsub";

export type CommandLog = "slow" | "large-request" | "large-reply";

export type DuplicatePolicy = "BLOCK" | "FIRST" | "LAST" | "MIN" | "MAX" | "SUM";

export type Extreme = "MIN" | "MAX";

export type GeoUnit = "m" | "km" | "ft" | "mi";

export type MoveMode = "OBO" | "BULK";

export type NackMode = "SILENT" | "FAIL" | "FATAL";

export type ProfiledQuery = "SEARCH" | "HYBRID" | "AGGREGATE";

export type Side = "LEFT" | "RIGHT";

export type Terms = "INCLUDE" | "EXCLUDE";

export type Where = "BEFORE" | "AFTER";

export interface ArgrepOptions {
  /** `AND`. */
  readonly and?: boolean;
  /** `OR`. */
  readonly or?: boolean;
  /** `LIMIT limit`. */
  readonly limit?: Int;
  /** `NOCASE`. */
  readonly nocase?: boolean;
}

export interface ArgrepWithvaluesOptions {
  /** `AND`. */
  readonly and?: boolean;
  /** `OR`. */
  readonly or?: boolean;
  /** `LIMIT limit`. */
  readonly limit?: Int;
  /** `NOCASE`. */
  readonly nocase?: boolean;
}

export interface ArinfoOptions {
  /** `FULL`. */
  readonly full?: boolean;
}

export interface ArlastitemsOptions {
  /** `REV`. */
  readonly rev?: boolean;
}

export interface ArscanOptions {
  /** `LIMIT limit`. */
  readonly limit?: Int;
}

export interface BfInfoOptions {
  /** `CAPACITY`. */
  readonly capacity?: boolean;
  /** `SIZE`. */
  readonly size?: boolean;
  /** `FILTERS`. */
  readonly filters?: boolean;
  /** `ITEMS`. */
  readonly items?: boolean;
  /** `EXPANSION`. */
  readonly expansion?: boolean;
}

export interface BfInsertOptions {
  /** `CAPACITY capacity`. */
  readonly capacity?: Int;
  /** `ERROR error`. */
  readonly error?: Int;
  /** `EXPANSION expansion`. */
  readonly expansion?: Int;
  /** `NOCREATE`. */
  readonly nocreate?: boolean;
  /** `NONSCALING`. */
  readonly nonscaling?: boolean;
}

export interface BfReserveOptions {
  /** `EXPANSION expansion`. */
  readonly expansion?: Int;
  /** `NONSCALING`. */
  readonly nonscaling?: boolean;
}

export interface BgsaveOptions {
  /** `SCHEDULE`. */
  readonly schedule?: boolean;
  /** `CANCEL`. */
  readonly cancel?: boolean;
}

export interface BitcountOptions {
  /** `BYTE`. */
  readonly byte?: boolean;
  /** `BIT`. */
  readonly bit?: boolean;
}

export interface BitposOptions {
  /** `BYTE`. */
  readonly byte?: boolean;
  /** `BIT`. */
  readonly bit?: boolean;
}

export interface BlmpopOptions {
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface BzmpopOptions {
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface CfInsertOptions {
  /** `CAPACITY capacity`. */
  readonly capacity?: Int;
  /** `NOCREATE`. */
  readonly nocreate?: boolean;
}

export interface CfInsertnxOptions {
  /** `CAPACITY capacity`. */
  readonly capacity?: Int;
  /** `NOCREATE`. */
  readonly nocreate?: boolean;
}

export interface CfReserveOptions {
  /** `BUCKETSIZE bucketsize`. */
  readonly bucketsize?: Int;
  /** `MAXITERATIONS maxiterations`. */
  readonly maxiterations?: Int;
  /** `EXPANSION expansion`. */
  readonly expansion?: Int;
}

export interface ClientKillAddrOptions {
  /** `MAXAGE maxage`. */
  readonly maxage?: Int;
  /** `SKIPME YES`. */
  readonly skipmeYes?: boolean;
  /** `SKIPME NO`. */
  readonly skipmeNo?: boolean;
}

export interface ClientKillIdOptions {
  /** `MAXAGE maxage`. */
  readonly maxage?: Int;
  /** `SKIPME YES`. */
  readonly skipmeYes?: boolean;
  /** `SKIPME NO`. */
  readonly skipmeNo?: boolean;
}

export interface ClientKillLaddrOptions {
  /** `MAXAGE maxage`. */
  readonly maxage?: Int;
  /** `SKIPME YES`. */
  readonly skipmeYes?: boolean;
  /** `SKIPME NO`. */
  readonly skipmeNo?: boolean;
}

export interface ClientKillTypeOptions {
  /** `MAXAGE maxage`. */
  readonly maxage?: Int;
  /** `SKIPME YES`. */
  readonly skipmeYes?: boolean;
  /** `SKIPME NO`. */
  readonly skipmeNo?: boolean;
}

export interface ClientKillUserOptions {
  /** `MAXAGE maxage`. */
  readonly maxage?: Int;
  /** `SKIPME YES`. */
  readonly skipmeYes?: boolean;
  /** `SKIPME NO`. */
  readonly skipmeNo?: boolean;
}

export interface ClientListOptions {
  /** `TYPE type`. */
  readonly type?: ClientType;
  /** `ID client_ids`. */
  readonly id?: Many;
}

export interface ClientPauseOptions {
  /** `WRITE`. */
  readonly write?: boolean;
  /** `ALL`. */
  readonly all?: boolean;
}

export interface ClientUnblockOptions {
  /** `TIMEOUT`. */
  readonly timeout?: boolean;
  /** `ERROR`. */
  readonly error?: boolean;
}

export interface ClusterFailoverOptions {
  /** `FORCE`. */
  readonly force?: boolean;
  /** `TAKEOVER`. */
  readonly takeover?: boolean;
}

export interface ClusterFlushslotOptions {
  /** `ASYNC`. */
  readonly async?: boolean;
  /** `SYNC`. */
  readonly sync?: boolean;
}

export interface ClusterResetOptions {
  /** `HARD`. */
  readonly hard?: boolean;
  /** `SOFT`. */
  readonly soft?: boolean;
}

export interface ClusterSetslotImportingOptions {
  /** `TIMEOUT timeout`. */
  readonly timeout?: Int;
}

export interface ClusterSetslotMigratingOptions {
  /** `TIMEOUT timeout`. */
  readonly timeout?: Int;
}

export interface ClusterSetslotNodeOptions {
  /** `TIMEOUT timeout`. */
  readonly timeout?: Int;
}

export interface ClusterSetslotStableOptions {
  /** `TIMEOUT timeout`. */
  readonly timeout?: Int;
}

export interface ClusterSlotStatsOrderbyOptions {
  /** `LIMIT limit`. */
  readonly limit?: Int;
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
}

export interface CmsMergeOptions {
  /** `WEIGHTS weights`. */
  readonly weights?: Many;
}

export interface CommandListOptions {
  /** `FILTERBY MODULE module_name`. */
  readonly filterbyModule?: Arg;
  /** `FILTERBY ACLCAT category`. */
  readonly filterbyAclcat?: Arg;
  /** `FILTERBY PATTERN pattern`. */
  readonly filterbyPattern?: Arg;
}

export interface CommandlogGetOptions {
  /** `RECENCY`. */
  readonly recency?: boolean;
  /** `MAGNITUDE`. */
  readonly magnitude?: boolean;
}

export interface CopyOptions {
  /** `DB destination_db`. */
  readonly db?: Int;
  /** `REPLACE`. */
  readonly replace?: boolean;
}

export interface DelexOptions {
  /** `IFEQ ifeq_value`. */
  readonly ifeq?: Arg;
  /** `IFNE ifne_value`. */
  readonly ifne?: Arg;
  /** `IFDEQ ifdeq_digest`. */
  readonly ifdeq?: Arg;
  /** `IFDNE ifdne_digest`. */
  readonly ifdne?: Arg;
}

export interface ExpireOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `GT`. */
  readonly gt?: boolean;
  /** `LT`. */
  readonly lt?: boolean;
}

export interface ExpireatOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `GT`. */
  readonly gt?: boolean;
  /** `LT`. */
  readonly lt?: boolean;
}

export interface FlushallOptions {
  /** `ASYNC`. */
  readonly async?: boolean;
  /** `SYNC`. */
  readonly sync?: boolean;
}

export interface FlushdbOptions {
  /** `ASYNC`. */
  readonly async?: boolean;
  /** `SYNC`. */
  readonly sync?: boolean;
}

export interface FtAlterOptions {
  /** `SKIPINITIALSCAN`. */
  readonly skipinitialscan?: boolean;
}

export interface FtCreateOptions {
  /** `ON HASH`. */
  readonly onHash?: boolean;
  /** `ON JSON`. */
  readonly onJson?: boolean;
  /** `INDEXALL ENABLE`. */
  readonly indexallEnable?: boolean;
  /** `INDEXALL DISABLE`. */
  readonly indexallDisable?: boolean;
  /** `PREFIX prefixes`. */
  readonly prefix?: Many;
  /** `FILTER filter`. */
  readonly filter?: Arg;
  /** `LANGUAGE default_lang`. */
  readonly language?: Arg;
  /** `LANGUAGE_FIELD lang_attribute`. */
  readonly languageField?: Arg;
  /** `SCORE default_score`. */
  readonly score?: Int;
  /** `SCORE_FIELD score_attribute`. */
  readonly scoreField?: Arg;
  /** `PAYLOAD_FIELD payload_attribute`. */
  readonly payloadField?: Arg;
  /** `MAXTEXTFIELDS`. */
  readonly maxtextfields?: boolean;
  /** `TEMPORARY seconds`. */
  readonly temporary?: Int;
  /** `NOOFFSETS`. */
  readonly nooffsets?: boolean;
  /** `NOHL`. */
  readonly nohl?: boolean;
  /** `NOFIELDS`. */
  readonly nofields?: boolean;
  /** `NOFREQS`. */
  readonly nofreqs?: boolean;
  /** `STOPWORDS stopwords`. */
  readonly stopwords?: Many;
  /** `SKIPINITIALSCAN`. */
  readonly skipinitialscan?: boolean;
}

export interface FtCursorReadOptions {
  /** `COUNT read_size`. */
  readonly count?: Int;
}

export interface FtDropOptions {
  /** `KEEPDOCS`. */
  readonly keepdocs?: boolean;
}

export interface FtDropindexOptions {
  /** `DD`. */
  readonly dd?: boolean;
}

export interface FtExplainOptions {
  /** `DIALECT dialect`. */
  readonly dialect?: Int;
}

export interface FtExplaincliOptions {
  /** `DIALECT dialect`. */
  readonly dialect?: Int;
}

export interface FtProfileOptions {
  /** `LIMITED`. */
  readonly limited?: boolean;
}

export interface FtSearchOptions {
  /** `NOCONTENT`. */
  readonly nocontent?: boolean;
  /** `VERBATIM`. */
  readonly verbatim?: boolean;
  /** `NOSTOPWORDS`. */
  readonly nostopwords?: boolean;
  /** `WITHSCORES`. */
  readonly withscores?: boolean;
  /** `WITHPAYLOADS`. */
  readonly withpayloads?: boolean;
  /** `WITHSORTKEYS`. */
  readonly withsortkeys?: boolean;
  /** `FILTER`, once for each. */
  readonly filter?: readonly (readonly [Arg, Arg, Arg])[];
  /** `GEOFILTER`, once for each. */
  readonly geofilter?: readonly (readonly [Arg, Int, Int, Int, GeoUnit])[];
  /** `INKEYS keys`. */
  readonly inkeys?: Many;
  /** `INFIELDS fields`. */
  readonly infields?: Many;
  /** `RETURN properties`. */
  readonly return?: Many;
  /** `SUMMARIZE arguments`. */
  readonly summarize?: Many;
  /** `HIGHLIGHT arguments`. */
  readonly highlight?: Many;
  /** `SLOP slop`. */
  readonly slop?: Int;
  /** `TIMEOUT timeout`. */
  readonly timeout?: Int;
  /** `INORDER`. */
  readonly inorder?: boolean;
  /** `LANGUAGE language`. */
  readonly language?: Arg;
  /** `EXPANDER expander`. */
  readonly expander?: Arg;
  /** `SCORER scorer`. */
  readonly scorer?: Arg;
  /** `EXPLAINSCORE`. */
  readonly explainscore?: boolean;
  /** `PAYLOAD payload`. */
  readonly payload?: Arg;
  /** `SORTBY sortby`. */
  readonly sortby?: {
    readonly sortby: Arg;
    /** `ASC`. */
    readonly asc?: boolean;
    /** `DESC`. */
    readonly desc?: boolean;
  };
  /** `LIMIT offset num`. */
  readonly limit?: {
    readonly offset: Int;
    readonly num: Int;
  };
  /** `PARAMS pairs`. */
  readonly params?: Pairs;
  /** `DIALECT dialect`. */
  readonly dialect?: Int;
}

export interface FtSpellcheckOptions {
  /** `DISTANCE distance`. */
  readonly distance?: Int;
  /** `TERMS`, once for each. */
  readonly terms?: readonly (readonly [Terms, Arg])[];
  /** `DIALECT dialect`. */
  readonly dialect?: Int;
}

export interface FtSugaddOptions {
  /** `INCR`. */
  readonly incr?: boolean;
  /** `PAYLOAD payload`. */
  readonly payload?: Arg;
}

export interface FtSuggetOptions {
  /** `FUZZY`. */
  readonly fuzzy?: boolean;
  /** `MAX max`. */
  readonly max?: Int;
}

export interface FtSuggetWithscoresOptions {
  /** `FUZZY`. */
  readonly fuzzy?: boolean;
  /** `MAX max`. */
  readonly max?: Int;
}

export interface FtSynupdateOptions {
  /** `SKIPINITIALSCAN`. */
  readonly skipinitialscan?: boolean;
}

export interface FunctionFlushOptions {
  /** `ASYNC`. */
  readonly async?: boolean;
  /** `SYNC`. */
  readonly sync?: boolean;
}

export interface FunctionListOptions {
  /** `LIBRARYNAME library_name_pattern`. */
  readonly libraryname?: Arg;
  /** `WITHCODE`. */
  readonly withcode?: boolean;
}

export interface FunctionLoadOptions {
  /** `REPLACE`. */
  readonly replace?: boolean;
}

export interface FunctionRestoreOptions {
  /** `FLUSH`. */
  readonly flush?: boolean;
  /** `APPEND`. */
  readonly append?: boolean;
  /** `REPLACE`. */
  readonly replace?: boolean;
}

export interface GeoaddOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `CH`. */
  readonly ch?: boolean;
}

export interface GeoradiusOptions {
  /** `WITHCOORD`. */
  readonly withcoord?: boolean;
  /** `WITHDIST`. */
  readonly withdist?: boolean;
  /** `WITHHASH`. */
  readonly withhash?: boolean;
  /** `COUNT count`. */
  readonly count?: {
    readonly count: Int;
    /** `ANY`. */
    readonly any?: boolean;
  };
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
}

export interface GeoradiusRoOptions {
  /** `WITHCOORD`. */
  readonly withcoord?: boolean;
  /** `WITHDIST`. */
  readonly withdist?: boolean;
  /** `WITHHASH`. */
  readonly withhash?: boolean;
  /** `COUNT count`. */
  readonly count?: {
    readonly count: Int;
    /** `ANY`. */
    readonly any?: boolean;
  };
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
}

export interface GeoradiusStoreOptions {
  /** `COUNT count`. */
  readonly count?: {
    readonly count: Int;
    /** `ANY`. */
    readonly any?: boolean;
  };
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
}

export interface GeoradiusStoredistOptions {
  /** `COUNT count`. */
  readonly count?: {
    readonly count: Int;
    /** `ANY`. */
    readonly any?: boolean;
  };
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
}

export interface GeoradiusbymemberOptions {
  /** `WITHCOORD`. */
  readonly withcoord?: boolean;
  /** `WITHDIST`. */
  readonly withdist?: boolean;
  /** `WITHHASH`. */
  readonly withhash?: boolean;
  /** `COUNT count`. */
  readonly count?: {
    readonly count: Int;
    /** `ANY`. */
    readonly any?: boolean;
  };
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
}

export interface GeoradiusbymemberRoOptions {
  /** `WITHCOORD`. */
  readonly withcoord?: boolean;
  /** `WITHDIST`. */
  readonly withdist?: boolean;
  /** `WITHHASH`. */
  readonly withhash?: boolean;
  /** `COUNT count`. */
  readonly count?: {
    readonly count: Int;
    /** `ANY`. */
    readonly any?: boolean;
  };
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
}

export interface GeoradiusbymemberStoreOptions {
  /** `COUNT count`. */
  readonly count?: {
    readonly count: Int;
    /** `ANY`. */
    readonly any?: boolean;
  };
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
}

export interface GeoradiusbymemberStoredistOptions {
  /** `COUNT count`. */
  readonly count?: {
    readonly count: Int;
    /** `ANY`. */
    readonly any?: boolean;
  };
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
}

export interface GeosearchOptions {
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
  /** `COUNT count`. */
  readonly count?: {
    readonly count: Int;
    /** `ANY`. */
    readonly any?: boolean;
  };
  /** `WITHCOORD`. */
  readonly withcoord?: boolean;
  /** `WITHDIST`. */
  readonly withdist?: boolean;
  /** `WITHHASH`. */
  readonly withhash?: boolean;
}

export interface GeosearchstoreOptions {
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
  /** `COUNT count`. */
  readonly count?: {
    readonly count: Int;
    /** `ANY`. */
    readonly any?: boolean;
  };
  /** `STOREDIST`. */
  readonly storedist?: boolean;
}

export interface GetexOptions {
  /** `EX seconds`. */
  readonly ex?: Int;
  /** `PX milliseconds`. */
  readonly px?: Int;
  /** `EXAT unix_time_seconds`. */
  readonly exat?: Int;
  /** `PXAT unix_time_milliseconds`. */
  readonly pxat?: Int;
  /** `PERSIST`. */
  readonly persist?: boolean;
}

export interface HexpireOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `GT`. */
  readonly gt?: boolean;
  /** `LT`. */
  readonly lt?: boolean;
}

export interface HexpireatOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `GT`. */
  readonly gt?: boolean;
  /** `LT`. */
  readonly lt?: boolean;
}

export interface HgetexOptions {
  /** `EX seconds`. */
  readonly ex?: Int;
  /** `PX milliseconds`. */
  readonly px?: Int;
  /** `EXAT unix_time_seconds`. */
  readonly exat?: Int;
  /** `PXAT unix_time_milliseconds`. */
  readonly pxat?: Int;
  /** `PERSIST`. */
  readonly persist?: boolean;
}

export interface HotkeysStartOptions {
  /** `COUNT k`. */
  readonly count?: Int;
  /** `DURATION seconds`. */
  readonly duration?: Int;
  /** `SAMPLE ratio`. */
  readonly sample?: Int;
  /** `SLOTS slots`. */
  readonly slots?: Many;
}

export interface HpexpireOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `GT`. */
  readonly gt?: boolean;
  /** `LT`. */
  readonly lt?: boolean;
}

export interface HpexpireatOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `GT`. */
  readonly gt?: boolean;
  /** `LT`. */
  readonly lt?: boolean;
}

export interface HscanNovaluesOptions {
  /** `MATCH pattern`. */
  readonly match?: Arg;
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface HscanOptions {
  /** `MATCH pattern`. */
  readonly match?: Arg;
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface HsetexOptions {
  /** `FNX`. */
  readonly fnx?: boolean;
  /** `FXX`. */
  readonly fxx?: boolean;
  /** `EX seconds`. */
  readonly ex?: Int;
  /** `PX milliseconds`. */
  readonly px?: Int;
  /** `EXAT unix_time_seconds`. */
  readonly exat?: Int;
  /** `PXAT unix_time_milliseconds`. */
  readonly pxat?: Int;
  /** `KEEPTTL`. */
  readonly keepttl?: boolean;
}

export interface IncrexOptions {
  /** `BYFLOAT float`. */
  readonly byfloat?: Int;
  /** `BYINT integer`. */
  readonly byint?: Int;
  /** `SATURATE`. */
  readonly saturate?: boolean;
  /** `LBOUND lowerbound`. */
  readonly lbound?: Arg;
  /** `UBOUND upperbound`. */
  readonly ubound?: Arg;
  /** `EX seconds`. */
  readonly ex?: Int;
  /** `PX milliseconds`. */
  readonly px?: Int;
  /** `EXAT unix_time_seconds`. */
  readonly exat?: Int;
  /** `PXAT unix_time_milliseconds`. */
  readonly pxat?: Int;
  /** `PERSIST`. */
  readonly persist?: boolean;
  /** `ENX`. */
  readonly enx?: boolean;
}

export interface JsonGetOptions {
  /** `INDENT indent`. */
  readonly indent?: Arg;
  /** `NEWLINE newline`. */
  readonly newline?: Arg;
  /** `SPACE space`. */
  readonly space?: Arg;
}

export interface JsonSetOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `FPHA FP16`. */
  readonly fphaFp16?: boolean;
  /** `FPHA BF16`. */
  readonly fphaBf16?: boolean;
  /** `FPHA FP32`. */
  readonly fphaFp32?: boolean;
  /** `FPHA FP64`. */
  readonly fphaFp64?: boolean;
}

export interface LcsIdxOptions {
  /** `MINMATCHLEN min_match_len`. */
  readonly minmatchlen?: Int;
  /** `WITHMATCHLEN`. */
  readonly withmatchlen?: boolean;
}

export interface LmpopOptions {
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface LolwutOptions {
  /** `VERSION version`. */
  readonly version?: Int;
}

export interface LposCountOptions {
  /** `RANK rank`. */
  readonly rank?: Int;
  /** `MAXLEN len`. */
  readonly maxlen?: Int;
}

export interface LposOptions {
  /** `RANK rank`. */
  readonly rank?: Int;
  /** `MAXLEN len`. */
  readonly maxlen?: Int;
}

export interface MemoryUsageOptions {
  /** `SAMPLES count`. */
  readonly samples?: Int;
}

export interface MigrateOptions {
  /** `COPY`. */
  readonly copy?: boolean;
  /** `REPLACE`. */
  readonly replace?: boolean;
  /** `AUTH auth`. */
  readonly auth?: Arg;
  /** `AUTH2 username password`. */
  readonly auth2?: readonly [Arg, Arg];
  /** `KEYS keys`. */
  readonly keys?: Many;
}

export interface ModuleLoadexOptions {
  /** `CONFIG`, once for each. */
  readonly config?: readonly (readonly [Arg, Arg])[];
  /** `ARGS args`. */
  readonly args?: Many;
}

export interface MsetexOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `EX seconds`. */
  readonly ex?: Int;
  /** `PX milliseconds`. */
  readonly px?: Int;
  /** `EXAT unix_time_seconds`. */
  readonly exat?: Int;
  /** `PXAT unix_time_milliseconds`. */
  readonly pxat?: Int;
  /** `KEEPTTL`. */
  readonly keepttl?: boolean;
}

export interface PexpireOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `GT`. */
  readonly gt?: boolean;
  /** `LT`. */
  readonly lt?: boolean;
}

export interface PexpireatOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `GT`. */
  readonly gt?: boolean;
  /** `LT`. */
  readonly lt?: boolean;
}

export interface RestoreOptions {
  /** `REPLACE`. */
  readonly replace?: boolean;
  /** `ABSTTL`. */
  readonly absttl?: boolean;
  /** `IDLETIME seconds`. */
  readonly idletime?: Int;
  /** `FREQ frequency`. */
  readonly freq?: Int;
}

export interface ScanOptions {
  /** `MATCH pattern`. */
  readonly match?: Arg;
  /** `COUNT count`. */
  readonly count?: Int;
  /** `TYPE type`. */
  readonly type?: Arg;
}

export interface ScriptFlushOptions {
  /** `ASYNC`. */
  readonly async?: boolean;
  /** `SYNC`. */
  readonly sync?: boolean;
}

export interface SdiffcardOptions {
  /** `LIMIT limit`. */
  readonly limit?: Int;
}

export interface SetGetOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `IFEQ ifeq_value`. */
  readonly ifeq?: Arg;
  /** `IFNE ifne_value`. */
  readonly ifne?: Arg;
  /** `IFDEQ ifdeq_digest`. */
  readonly ifdeq?: Arg;
  /** `IFDNE ifdne_digest`. */
  readonly ifdne?: Arg;
  /** `EX seconds`. */
  readonly ex?: Int;
  /** `PX milliseconds`. */
  readonly px?: Int;
  /** `EXAT unix_time_seconds`. */
  readonly exat?: Int;
  /** `PXAT unix_time_milliseconds`. */
  readonly pxat?: Int;
  /** `KEEPTTL`. */
  readonly keepttl?: boolean;
}

export interface SetOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `IFEQ ifeq_value`. */
  readonly ifeq?: Arg;
  /** `IFNE ifne_value`. */
  readonly ifne?: Arg;
  /** `IFDEQ ifdeq_digest`. */
  readonly ifdeq?: Arg;
  /** `IFDNE ifdne_digest`. */
  readonly ifdne?: Arg;
  /** `EX seconds`. */
  readonly ex?: Int;
  /** `PX milliseconds`. */
  readonly px?: Int;
  /** `EXAT unix_time_seconds`. */
  readonly exat?: Int;
  /** `PXAT unix_time_milliseconds`. */
  readonly pxat?: Int;
  /** `KEEPTTL`. */
  readonly keepttl?: boolean;
}

export interface SintercardOptions {
  /** `LIMIT limit`. */
  readonly limit?: Int;
}

export interface SortOptions {
  /** `BY by_pattern`. */
  readonly by?: Arg;
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
  /** `GET`, once for each. */
  readonly get?: readonly (Arg)[];
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
  /** `ALPHA`. */
  readonly alpha?: boolean;
}

export interface SortRoOptions {
  /** `BY by_pattern`. */
  readonly by?: Arg;
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
  /** `GET`, once for each. */
  readonly get?: readonly (Arg)[];
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
  /** `ALPHA`. */
  readonly alpha?: boolean;
}

export interface SortStoreOptions {
  /** `BY by_pattern`. */
  readonly by?: Arg;
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
  /** `GET`, once for each. */
  readonly get?: readonly (Arg)[];
  /** `ASC`. */
  readonly asc?: boolean;
  /** `DESC`. */
  readonly desc?: boolean;
  /** `ALPHA`. */
  readonly alpha?: boolean;
}

export interface SscanOptions {
  /** `MATCH pattern`. */
  readonly match?: Arg;
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface SunioncardOptions {
  /** `APPROX`. */
  readonly approx?: boolean;
  /** `LIMIT limit`. */
  readonly limit?: Int;
}

export interface TdigestCreateOptions {
  /** `COMPRESSION compression`. */
  readonly compression?: Int;
}

export interface TdigestMergeOptions {
  /** `COMPRESSION compression`. */
  readonly compression?: Int;
  /** `OVERRIDE`. */
  readonly override?: boolean;
}

export interface TsAddOptions {
  /** `RETENTION retention_period`. */
  readonly retention?: Int;
  /** `ENCODING UNCOMPRESSED`. */
  readonly encodingUncompressed?: boolean;
  /** `ENCODING COMPRESSED`. */
  readonly encodingCompressed?: boolean;
  /** `CHUNK_SIZE size`. */
  readonly chunkSize?: Int;
  /** `DUPLICATE_POLICY duplicatepolicy`. */
  readonly duplicatePolicy?: DuplicatePolicy;
  /** `ON_DUPLICATE duplicatepolicy`. */
  readonly onDuplicate?: DuplicatePolicy;
  /** `IGNORE ignore_max_timediff ignore_max_val_diff`. */
  readonly ignore?: {
    readonly ignoreMaxTimediff: Int;
    readonly ignoreMaxValDiff: Int;
  };
  /** `LABELS pairs`. */
  readonly labels?: Pairs;
}

export interface TsAlterOptions {
  /** `RETENTION retention_period`. */
  readonly retention?: Int;
  /** `CHUNK_SIZE size`. */
  readonly chunkSize?: Int;
  /** `DUPLICATE_POLICY duplicatepolicy`. */
  readonly duplicatePolicy?: DuplicatePolicy;
  /** `IGNORE ignore_max_timediff ignore_max_val_diff`. */
  readonly ignore?: {
    readonly ignoreMaxTimediff: Int;
    readonly ignoreMaxValDiff: Int;
  };
  /** `LABELS pairs`. */
  readonly labels?: Pairs;
}

export interface TsCreateOptions {
  /** `RETENTION retention_period`. */
  readonly retention?: Int;
  /** `ENCODING UNCOMPRESSED`. */
  readonly encodingUncompressed?: boolean;
  /** `ENCODING COMPRESSED`. */
  readonly encodingCompressed?: boolean;
  /** `CHUNK_SIZE size`. */
  readonly chunkSize?: Int;
  /** `DUPLICATE_POLICY duplicatepolicy`. */
  readonly duplicatePolicy?: DuplicatePolicy;
  /** `IGNORE ignore_max_timediff ignore_max_val_diff`. */
  readonly ignore?: {
    readonly ignoreMaxTimediff: Int;
    readonly ignoreMaxValDiff: Int;
  };
  /** `LABELS pairs`. */
  readonly labels?: Pairs;
}

export interface TsDecrbyOptions {
  /** `TIMESTAMP timestamp`. */
  readonly timestamp?: Arg;
  /** `RETENTION retention_period`. */
  readonly retention?: Int;
  /** `UNCOMPRESSED`. */
  readonly uncompressed?: boolean;
  /** `CHUNK_SIZE size`. */
  readonly chunkSize?: Int;
  /** `DUPLICATE_POLICY duplicatepolicy`. */
  readonly duplicatePolicy?: DuplicatePolicy;
  /** `IGNORE ignore_max_timediff ignore_max_val_diff`. */
  readonly ignore?: {
    readonly ignoreMaxTimediff: Int;
    readonly ignoreMaxValDiff: Int;
  };
  /** `LABELS pairs`. */
  readonly labels?: Pairs;
}

export interface TsGetOptions {
  /** `LATEST`. */
  readonly latest?: boolean;
}

export interface TsIncrbyOptions {
  /** `TIMESTAMP timestamp`. */
  readonly timestamp?: Arg;
  /** `RETENTION retention_period`. */
  readonly retention?: Int;
  /** `UNCOMPRESSED`. */
  readonly uncompressed?: boolean;
  /** `CHUNK_SIZE size`. */
  readonly chunkSize?: Int;
  /** `DUPLICATE_POLICY duplicatepolicy`. */
  readonly duplicatePolicy?: DuplicatePolicy;
  /** `IGNORE ignore_max_timediff ignore_max_val_diff`. */
  readonly ignore?: {
    readonly ignoreMaxTimediff: Int;
    readonly ignoreMaxValDiff: Int;
  };
  /** `LABELS pairs`. */
  readonly labels?: Pairs;
}

export interface TsInfoOptions {
  /** `DEBUG`. */
  readonly debug?: boolean;
}

export interface TsMgetOptions {
  /** `LATEST`. */
  readonly latest?: boolean;
  /** `WITHLABELS`. */
  readonly withlabels?: boolean;
  /** `SELECTED_LABELS labels`. */
  readonly selectedLabels?: Many;
}

export interface TsMrangeOptions {
  /** `LATEST`. */
  readonly latest?: boolean;
  /** `FILTER_BY_TS timestamps`. */
  readonly filterByTs?: Many;
  /** `FILTER_BY_VALUE min max`. */
  readonly filterByValue?: {
    readonly min: Arg;
    readonly max: Arg;
  };
  /** `WITHLABELS`. */
  readonly withlabels?: boolean;
  /** `SELECTED_LABELS labels`. */
  readonly selectedLabels?: Many;
  /** `COUNT count`. */
  readonly count?: Int;
  /** `AGGREGATION aggregators bucket_duration`. */
  readonly aggregation?: {
    /** `ALIGN align`. */
    readonly align?: Arg;
    readonly aggregators: Arg;
    readonly bucketDuration: Int;
    /** `BUCKETTIMESTAMP bucket_timestamp`. */
    readonly buckettimestamp?: Arg;
    /** `EMPTY`. */
    readonly empty?: boolean;
  };
  /** `GROUPBY group_label REDUCE reducer`. */
  readonly groupby?: {
    readonly groupLabel: Arg;
    readonly reducer: Arg;
  };
  /** `EXCLUDEEMPTY`. */
  readonly excludeempty?: boolean;
}

export interface TsMrevrangeOptions {
  /** `LATEST`. */
  readonly latest?: boolean;
  /** `FILTER_BY_TS timestamps`. */
  readonly filterByTs?: Many;
  /** `FILTER_BY_VALUE min max`. */
  readonly filterByValue?: {
    readonly min: Arg;
    readonly max: Arg;
  };
  /** `WITHLABELS`. */
  readonly withlabels?: boolean;
  /** `SELECTED_LABELS labels`. */
  readonly selectedLabels?: Many;
  /** `COUNT count`. */
  readonly count?: Int;
  /** `AGGREGATION aggregators bucket_duration`. */
  readonly aggregation?: {
    /** `ALIGN align`. */
    readonly align?: Arg;
    readonly aggregators: Arg;
    readonly bucketDuration: Int;
    /** `BUCKETTIMESTAMP bucket_timestamp`. */
    readonly buckettimestamp?: Arg;
    /** `EMPTY`. */
    readonly empty?: boolean;
  };
  /** `GROUPBY group_label REDUCE reducer`. */
  readonly groupby?: {
    readonly groupLabel: Arg;
    readonly reducer: Arg;
  };
  /** `EXCLUDEEMPTY`. */
  readonly excludeempty?: boolean;
}

export interface TsNrangeOptions {
  /** `LATEST`. */
  readonly latest?: boolean;
  /** `FILTER_BY_TS timestamps`. */
  readonly filterByTs?: Many;
  /** `FILTER_BY_VALUE min max`. */
  readonly filterByValue?: {
    readonly min: Arg;
    readonly max: Arg;
  };
  /** `COUNT count`. */
  readonly count?: Int;
  /** `AGGREGATION aggregators bucket_duration`. */
  readonly aggregation?: {
    /** `ALIGN align`. */
    readonly align?: Arg;
    readonly aggregators: Many;
    readonly bucketDuration: Int;
    /** `BUCKETTIMESTAMP bucket_timestamp`. */
    readonly buckettimestamp?: Arg;
    /** `EMPTY`. */
    readonly empty?: boolean;
  };
}

export interface TsNrevrangeOptions {
  /** `LATEST`. */
  readonly latest?: boolean;
  /** `FILTER_BY_TS timestamps`. */
  readonly filterByTs?: Many;
  /** `FILTER_BY_VALUE min max`. */
  readonly filterByValue?: {
    readonly min: Arg;
    readonly max: Arg;
  };
  /** `COUNT count`. */
  readonly count?: Int;
  /** `AGGREGATION aggregators bucket_duration`. */
  readonly aggregation?: {
    /** `ALIGN align`. */
    readonly align?: Arg;
    readonly aggregators: Many;
    readonly bucketDuration: Int;
    /** `BUCKETTIMESTAMP bucket_timestamp`. */
    readonly buckettimestamp?: Arg;
    /** `EMPTY`. */
    readonly empty?: boolean;
  };
}

export interface TsQuerylabelsLabelsOptions {
  /** `FILTER filters`. */
  readonly filter?: Many;
}

export interface TsQuerylabelsValuesOptions {
  /** `FILTER filters`. */
  readonly filter?: Many;
}

export interface TsRangeOptions {
  /** `LATEST`. */
  readonly latest?: boolean;
  /** `FILTER_BY_TS timestamps`. */
  readonly filterByTs?: Many;
  /** `FILTER_BY_VALUE min max`. */
  readonly filterByValue?: {
    readonly min: Arg;
    readonly max: Arg;
  };
  /** `COUNT count`. */
  readonly count?: Int;
  /** `AGGREGATION aggregators bucket_duration`. */
  readonly aggregation?: {
    /** `ALIGN align`. */
    readonly align?: Arg;
    readonly aggregators: Arg;
    readonly bucketDuration: Int;
    /** `BUCKETTIMESTAMP bucket_timestamp`. */
    readonly buckettimestamp?: Arg;
    /** `EMPTY`. */
    readonly empty?: boolean;
  };
}

export interface TsReadOptions {
  /** `BLOCK milliseconds min_count`. */
  readonly block?: {
    readonly milliseconds: Int;
    readonly minCount: Int;
  };
  /** `MAX_COUNT max_count`. */
  readonly maxCount?: Int;
}

export interface TsRevrangeOptions {
  /** `LATEST`. */
  readonly latest?: boolean;
  /** `FILTER_BY_TS timestamps`. */
  readonly filterByTs?: Many;
  /** `FILTER_BY_VALUE min max`. */
  readonly filterByValue?: {
    readonly min: Arg;
    readonly max: Arg;
  };
  /** `COUNT count`. */
  readonly count?: Int;
  /** `AGGREGATION aggregators bucket_duration`. */
  readonly aggregation?: {
    /** `ALIGN align`. */
    readonly align?: Arg;
    readonly aggregators: Arg;
    readonly bucketDuration: Int;
    /** `BUCKETTIMESTAMP bucket_timestamp`. */
    readonly buckettimestamp?: Arg;
    /** `EMPTY`. */
    readonly empty?: boolean;
  };
}

export interface VaddOptions {
  /** `REDUCE dim`. */
  readonly reduce?: Int;
  /** `CAS`. */
  readonly cas?: boolean;
  /** `NOQUANT`. */
  readonly noquant?: boolean;
  /** `Q8`. */
  readonly q8?: boolean;
  /** `BIN`. */
  readonly bin?: boolean;
  /** `EF build_exploration_factor`. */
  readonly ef?: Int;
  /** `SETATTR attributes`. */
  readonly setattr?: Arg;
  /** `M numlinks`. */
  readonly m?: Int;
}

export interface VsimOptions {
  /** `COUNT count`. */
  readonly count?: Int;
  /** `EPSILON delta`. */
  readonly epsilon?: Int;
  /** `EF search_exploration_factor`. */
  readonly ef?: Int;
  /** `FILTER expression`. */
  readonly filter?: Arg;
  /** `FILTER-EF max_filtering_effort`. */
  readonly filterEf?: Int;
  /** `TRUTH`. */
  readonly truth?: boolean;
  /** `NOTHREAD`. */
  readonly nothread?: boolean;
}

export interface VsimWithscoresOptions {
  /** `COUNT count`. */
  readonly count?: Int;
  /** `EPSILON delta`. */
  readonly epsilon?: Int;
  /** `EF search_exploration_factor`. */
  readonly ef?: Int;
  /** `FILTER expression`. */
  readonly filter?: Arg;
  /** `FILTER-EF max_filtering_effort`. */
  readonly filterEf?: Int;
  /** `TRUTH`. */
  readonly truth?: boolean;
  /** `NOTHREAD`. */
  readonly nothread?: boolean;
}

export interface XackdelOptions {
  /** `KEEPREF`. */
  readonly keepref?: boolean;
  /** `DELREF`. */
  readonly delref?: boolean;
  /** `ACKED`. */
  readonly acked?: boolean;
}

export interface XaddOptions {
  /** `NOMKSTREAM`. */
  readonly nomkstream?: boolean;
  /** `KEEPREF`. */
  readonly keepref?: boolean;
  /** `DELREF`. */
  readonly delref?: boolean;
  /** `ACKED`. */
  readonly acked?: boolean;
  /** `IDMPAUTO pid`. */
  readonly idmpauto?: Arg;
  /** `IDMP pid iid`. */
  readonly idmp?: readonly [Arg, Arg];
  /** `trim`. */
  readonly trim?: Trim;
}

export interface XautoclaimJustidOptions {
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface XautoclaimOptions {
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface XcfgsetOptions {
  /** `IDMP-DURATION idmp_duration`. */
  readonly idmpDuration?: Int;
  /** `IDMP-MAXSIZE idmp_maxsize`. */
  readonly idmpMaxsize?: Int;
}

export interface XclaimJustidOptions {
  /** `IDLE ms`. */
  readonly idle?: Int;
  /** `TIME unix_time_milliseconds`. */
  readonly time?: Int;
  /** `RETRYCOUNT count`. */
  readonly retrycount?: Int;
  /** `FORCE`. */
  readonly force?: boolean;
  /** `LASTID lastid`. */
  readonly lastid?: Arg;
}

export interface XclaimOptions {
  /** `IDLE ms`. */
  readonly idle?: Int;
  /** `TIME unix_time_milliseconds`. */
  readonly time?: Int;
  /** `RETRYCOUNT count`. */
  readonly retrycount?: Int;
  /** `FORCE`. */
  readonly force?: boolean;
  /** `LASTID lastid`. */
  readonly lastid?: Arg;
}

export interface XdelexOptions {
  /** `KEEPREF`. */
  readonly keepref?: boolean;
  /** `DELREF`. */
  readonly delref?: boolean;
  /** `ACKED`. */
  readonly acked?: boolean;
}

export interface XgroupCreateOptions {
  /** `MKSTREAM`. */
  readonly mkstream?: boolean;
  /** `ENTRIESREAD entriesread`. */
  readonly entriesread?: Int;
}

export interface XgroupSetidOptions {
  /** `ENTRIESREAD entriesread`. */
  readonly entriesread?: Int;
}

export interface XinfoStreamFullOptions {
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface XnackOptions {
  /** `RETRYCOUNT count`. */
  readonly retrycount?: Int;
  /** `FORCE`. */
  readonly force?: boolean;
}

export interface XpendingRangeOptions {
  /** `IDLE min_idle_time`. */
  readonly idle?: Int;
  /** `consumer`. */
  readonly consumer?: Arg;
}

export interface XrangeOptions {
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface XreadOptions {
  /** `COUNT count`. */
  readonly count?: Int;
  /** `MAXCOUNT maxcount`. */
  readonly maxcount?: Int;
  /** `MAXSIZE maxsize`. */
  readonly maxsize?: Int;
  /** `BLOCK milliseconds`. */
  readonly block?: Int;
}

export interface XreadgroupOptions {
  /** `COUNT count`. */
  readonly count?: Int;
  /** `MAXCOUNT maxcount`. */
  readonly maxcount?: Int;
  /** `MAXSIZE maxsize`. */
  readonly maxsize?: Int;
  /** `BLOCK milliseconds`. */
  readonly block?: Int;
  /** `CLAIM min_idle_time`. */
  readonly claim?: Int;
  /** `NOACK`. */
  readonly noack?: boolean;
}

export interface XrevrangeOptions {
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface XsetidOptions {
  /** `ENTRIESADDED entries_added`. */
  readonly entriesadded?: Int;
  /** `MAXDELETEDID max_deleted_id`. */
  readonly maxdeletedid?: Arg;
}

export interface ZaddIncrOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `GT`. */
  readonly gt?: boolean;
  /** `LT`. */
  readonly lt?: boolean;
  /** `CH`. */
  readonly ch?: boolean;
}

export interface ZaddOptions {
  /** `NX`. */
  readonly nx?: boolean;
  /** `XX`. */
  readonly xx?: boolean;
  /** `GT`. */
  readonly gt?: boolean;
  /** `LT`. */
  readonly lt?: boolean;
  /** `CH`. */
  readonly ch?: boolean;
}

export interface ZinterOptions {
  /** `WEIGHTS weights`. */
  readonly weights?: Many;
  /** `AGGREGATE aggregate`. */
  readonly aggregate?: Aggregate;
}

export interface ZinterWithscoresOptions {
  /** `WEIGHTS weights`. */
  readonly weights?: Many;
  /** `AGGREGATE aggregate`. */
  readonly aggregate?: Aggregate;
}

export interface ZintercardOptions {
  /** `LIMIT limit`. */
  readonly limit?: Int;
}

export interface ZinterstoreOptions {
  /** `WEIGHTS weights`. */
  readonly weights?: Many;
  /** `AGGREGATE aggregate`. */
  readonly aggregate?: Aggregate;
}

export interface ZmpopOptions {
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface ZrangeOptions {
  /** `BYSCORE`. */
  readonly byscore?: boolean;
  /** `BYLEX`. */
  readonly bylex?: boolean;
  /** `REV`. */
  readonly rev?: boolean;
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
}

export interface ZrangeWithscoresOptions {
  /** `BYSCORE`. */
  readonly byscore?: boolean;
  /** `BYLEX`. */
  readonly bylex?: boolean;
  /** `REV`. */
  readonly rev?: boolean;
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
}

export interface ZrangebylexOptions {
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
}

export interface ZrangebyscoreOptions {
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
}

export interface ZrangebyscoreWithscoresOptions {
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
}

export interface ZrangestoreOptions {
  /** `BYSCORE`. */
  readonly byscore?: boolean;
  /** `BYLEX`. */
  readonly bylex?: boolean;
  /** `REV`. */
  readonly rev?: boolean;
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
}

export interface ZrevrangebylexOptions {
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
}

export interface ZrevrangebyscoreOptions {
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
}

export interface ZrevrangebyscoreWithscoresOptions {
  /** `LIMIT offset count`. */
  readonly limit?: {
    readonly offset: Int;
    readonly count: Int;
  };
}

export interface ZscanNoscoresOptions {
  /** `MATCH pattern`. */
  readonly match?: Arg;
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface ZscanOptions {
  /** `MATCH pattern`. */
  readonly match?: Arg;
  /** `COUNT count`. */
  readonly count?: Int;
}

export interface ZunionOptions {
  /** `WEIGHTS weights`. */
  readonly weights?: Many;
  /** `AGGREGATE aggregate`. */
  readonly aggregate?: Aggregate;
}

export interface ZunionWithscoresOptions {
  /** `WEIGHTS weights`. */
  readonly weights?: Many;
  /** `AGGREGATE aggregate`. */
  readonly aggregate?: Aggregate;
}

export interface ZunionstoreOptions {
  /** `WEIGHTS weights`. */
  readonly weights?: Many;
  /** `AGGREGATE aggregate`. */
  readonly aggregate?: Aggregate;
}

/** Every command as a method. `S` is what texts are, `K` what methods return. */
export abstract class Commands<S, K> {
  /** The CLUSTER commands by their own names. */
  get cluster(): Renamed<this, typeof CLUSTER> {
    return renamed(this, CLUSTER);
  }

  /** Takes one command. */
  protected abstract send<R>(args: readonly Arg[]): Out<K, R>;

  /** `ACL CAT [category]`, since 6.0.0. */
  aclCat(category?: Arg): Out<K, Array<S>> {
    const args: Arg[] = ["ACL", "CAT"];
    if (category !== undefined) {
      args.push(category);
    }
    return this.send(args);
  }

  /** `ACL DELUSER username [username ...]`, since 6.0.0. */
  aclDeluser(usernames: Many): Out<K, number> {
    const args: Arg[] = ["ACL", "DELUSER"];
    many(args, usernames);
    return this.send(args);
  }

  /** `ACL DRYRUN username command [arg [arg ...]]`, since 7.0.0. */
  aclDryrun(username: Arg, command: Arg, args_: Many): Out<K, "OK" | S> {
    const args: Arg[] = ["ACL", "DRYRUN", username, command];
    many(args, args_);
    return this.send(args);
  }

  /** `ACL GENPASS [bits]`, since 6.0.0. */
  aclGenpass(bits?: Int): Out<K, S> {
    const args: Arg[] = ["ACL", "GENPASS"];
    if (bits !== undefined) {
      args.push(bits);
    }
    return this.send(args);
  }

  /** `ACL GETUSER username`, since 6.0.0. */
  aclGetuser(username: Arg): Out<K, Fields<S, { "flags": Array<S>; "passwords": Array<S>; "commands": S; "keys": S; "channels": S; "selectors": Array<Fields<S, { "commands": S; "keys": S; "channels": S }>> }> | null> {
    return this.send(["ACL", "GETUSER", username]);
  }

  /** `ACL HELP`, since 6.0.0. */
  aclHelp(): Out<K, Array<S>> {
    return this.send(["ACL", "HELP"]);
  }

  /** `ACL LIST`, since 6.0.0. */
  aclList(): Out<K, Array<S>> {
    return this.send(["ACL", "LIST"]);
  }

  /** `ACL LOAD`, since 6.0.0. */
  aclLoad(): Out<K, "OK"> {
    return this.send(["ACL", "LOAD"]);
  }

  /** `ACL LOG [count]`, since 6.0.0. */
  aclLog(count?: Int): Out<K, PerNode<Array<Fields<S, { "count": number; "reason": S; "context": S; "object": S; "username": S; "age-seconds": number; "client-info": S; "entry-id": number | undefined; "timestamp-created": number | undefined; "timestamp-last-updated": number | undefined }>>>> {
    const args: Arg[] = ["ACL", "LOG"];
    if (count !== undefined) {
      args.push(count);
    }
    return this.send(args);
  }

  /** `ACL LOG RESET`, since 6.0.0. */
  aclLogReset(): Out<K, PerNode<"OK">> {
    return this.send(["ACL", "LOG", "RESET"]);
  }

  /** `ACL SAVE`, since 6.0.0. */
  aclSave(): Out<K, "OK"> {
    return this.send(["ACL", "SAVE"]);
  }

  /** `ACL SETUSER username [rule [rule ...]]`, since 6.0.0. */
  aclSetuser(username: Arg, rules: Many): Out<K, "OK"> {
    const args: Arg[] = ["ACL", "SETUSER", username];
    many(args, rules);
    return this.send(args);
  }

  /** `ACL USERS`, since 6.0.0. */
  aclUsers(): Out<K, Array<S>> {
    return this.send(["ACL", "USERS"]);
  }

  /** `ACL WHOAMI`, since 6.0.0. */
  aclWhoami(): Out<K, S> {
    return this.send(["ACL", "WHOAMI"]);
  }

  /** `APPEND key value`, since 2.0.0. */
  append(key: Arg, value: Arg): Out<K, number> {
    return this.send(["APPEND", key, value]);
  }

  /** `ARCOUNT key`, since redis-8.8.0. */
  arcount(key: Arg): Out<K, number> {
    return this.send(["ARCOUNT", key]);
  }

  /** `ARDEL key index [index ...]`, since redis-8.8.0. */
  ardel(key: Arg, indexes: Many): Out<K, number> {
    const args: Arg[] = ["ARDEL", key];
    many(args, indexes);
    return this.send(args);
  }

  /** `ARDELRANGE key start end [start end ...]`, since redis-8.8.0. */
  ardelrange(key: Arg, pairs: Pairs): Out<K, number> {
    const args: Arg[] = ["ARDELRANGE", key];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `ARGET key index`, since redis-8.8.0. */
  arget(key: Arg, index: Int): Out<K, S | null> {
    return this.send(["ARGET", key, index]);
  }

  /** `ARGETRANGE key start end`, since redis-8.8.0. */
  argetrange(key: Arg, start: Int, end: Int): Out<K, Array<S | null>> {
    return this.send(["ARGETRANGE", key, start, end]);
  }

  /** `ARGREP key start end predicates [AND | OR] [LIMIT limit] [NOCASE]`, since redis-8.8.0. */
  argrep(key: Arg, start: Arg, end: Arg, predicates: Many, options?: ArgrepOptions): Out<K, Array<number>> {
    const args: Arg[] = ["ARGREP", key, start, end];
    many(args, predicates);
    if (given("ARGREP", options, [["and", "or"], "limit", "nocase"])) {
      if (options.and) args.push("AND");
      if (options.or) args.push("OR");
      if (options.limit !== undefined) {
        args.push("LIMIT", options.limit);
      }
      if (options.nocase) args.push("NOCASE");
    }
    return this.send(args);
  }

  /** `ARGREP key start end predicates [AND | OR] [LIMIT limit] [NOCASE] WITHVALUES`, since redis-8.8.0. */
  argrepWithvalues(key: Arg, start: Arg, end: Arg, predicates: Many, options?: ArgrepWithvaluesOptions): Out<K, Map<number, S>> {
    const args: Arg[] = ["ARGREP", key, start, end];
    many(args, predicates);
    if (given("ARGREP", options, [["and", "or"], "limit", "nocase"])) {
      if (options.and) args.push("AND");
      if (options.or) args.push("OR");
      if (options.limit !== undefined) {
        args.push("LIMIT", options.limit);
      }
      if (options.nocase) args.push("NOCASE");
    }
    args.push("WITHVALUES");
    return this.send(args);
  }

  /** `ARINFO key [FULL]`, since redis-8.8.0. */
  arinfo(key: Arg, options?: ArinfoOptions): Out<K, Map<S, number | number>> {
    const args: Arg[] = ["ARINFO", key];
    if (given("ARINFO", options, ["full"])) {
      if (options.full) args.push("FULL");
    }
    return this.send(args);
  }

  /** `ARINSERT key value [value ...]`, since redis-8.8.0. */
  arinsert(key: Arg, values: Many): Out<K, number> {
    const args: Arg[] = ["ARINSERT", key];
    many(args, values);
    return this.send(args);
  }

  /** `ARLASTITEMS key count [REV]`, since redis-8.8.0. */
  arlastitems(key: Arg, count: Int, options?: ArlastitemsOptions): Out<K, Array<S | null>> {
    const args: Arg[] = ["ARLASTITEMS", key, count];
    if (given("ARLASTITEMS", options, ["rev"])) {
      if (options.rev) args.push("REV");
    }
    return this.send(args);
  }

  /** `ARLEN key`, since redis-8.8.0. */
  arlen(key: Arg): Out<K, number> {
    return this.send(["ARLEN", key]);
  }

  /** `ARMGET key index [index ...]`, since redis-8.8.0. */
  armget(key: Arg, indexes: Many): Out<K, Array<S | null>> {
    const args: Arg[] = ["ARMGET", key];
    many(args, indexes);
    return this.send(args);
  }

  /** `ARMSET key index value [index value ...]`, since redis-8.8.0. */
  armset(key: Arg, pairs: Pairs): Out<K, number> {
    const args: Arg[] = ["ARMSET", key];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `ARNEXT key`, since redis-8.8.0. */
  arnext(key: Arg): Out<K, number | null> {
    return this.send(["ARNEXT", key]);
  }

  /** `AROP key start end operation`, since redis-8.8.0. */
  arop(key: Arg, start: Int, end: Int, operation: ArrayOperation): Out<K, S | number | null> {
    return this.send(["AROP", key, start, end, operation]);
  }

  /** `AROP key start end MATCH value`, since redis-8.8.0. */
  aropMatch(key: Arg, start: Int, end: Int, value: Arg): Out<K, number> {
    return this.send(["AROP", key, start, end, "MATCH", value]);
  }

  /** `ARRING key size value [value ...]`, since redis-8.8.0. */
  arring(key: Arg, size: Int, values: Many): Out<K, number> {
    const args: Arg[] = ["ARRING", key, size];
    many(args, values);
    return this.send(args);
  }

  /** `ARSCAN key start end [LIMIT limit]`, since redis-8.8.0. */
  arscan(key: Arg, start: Int, end: Int, options?: ArscanOptions): Out<K, Map<number, S>> {
    const args: Arg[] = ["ARSCAN", key, start, end];
    if (given("ARSCAN", options, ["limit"])) {
      if (options.limit !== undefined) {
        args.push("LIMIT", options.limit);
      }
    }
    return this.send(args);
  }

  /** `ARSEEK key index`, since redis-8.8.0. */
  arseek(key: Arg, index: Int): Out<K, 0 | 1> {
    return this.send(["ARSEEK", key, index]);
  }

  /** `ARSET key index value [value ...]`, since redis-8.8.0. */
  arset(key: Arg, index: Int, values: Many): Out<K, number> {
    const args: Arg[] = ["ARSET", key, index];
    many(args, values);
    return this.send(args);
  }

  /** `BACKUP ABORT`, since redis-8.10.0. */
  backupAbort(): Out<K, "OK"> {
    return this.send(["BACKUP", "ABORT"]);
  }

  /** `BACKUP CLEANUP`, since redis-8.10.0. */
  backupCleanup(): Out<K, "OK"> {
    return this.send(["BACKUP", "CLEANUP"]);
  }

  /** `BACKUP HELP`, since redis-8.10.0. */
  backupHelp(): Out<K, Array<S>> {
    return this.send(["BACKUP", "HELP"]);
  }

  /** `BACKUP LIST`, since redis-8.10.0. */
  backupList(): Out<K, Array<S>> {
    return this.send(["BACKUP", "LIST"]);
  }

  /** `BACKUP SEAL`, since redis-8.10.0. */
  backupSeal(): Out<K, "OK"> {
    return this.send(["BACKUP", "SEAL"]);
  }

  /** `BACKUP START`, since redis-8.10.0. */
  backupStart(): Out<K, "OK"> {
    return this.send(["BACKUP", "START"]);
  }

  /** `BACKUP STATUS`, since redis-8.10.0. */
  backupStatus(): Out<K, Map<S, Value<S>>> {
    return this.send(["BACKUP", "STATUS"]);
  }

  /** `BF.ADD key item`, since bloom-1.0.0. */
  bfAdd(key: Arg, item: Arg): Out<K, boolean> {
    return this.send(["BF.ADD", key, item]);
  }

  /** `BF.CARD key`, since bloom-2.4.4. */
  bfCard(key: Arg): Out<K, number> {
    return this.send(["BF.CARD", key]);
  }

  /** `BF.EXISTS key item`, since bloom-1.0.0. */
  bfExists(key: Arg, item: Arg): Out<K, boolean> {
    return this.send(["BF.EXISTS", key, item]);
  }

  /** `BF.INFO key [CAPACITY | SIZE | FILTERS | ITEMS | EXPANSION]`, since bloom-1.0.0. */
  bfInfo(key: Arg): Out<K, Map<S, number | null>>;
  bfInfo(key: Arg, options: BfInfoOptions): Out<K, Array<number>>;
  bfInfo(key: Arg, options?: BfInfoOptions): unknown {
    const args: Arg[] = ["BF.INFO", key];
    if (given("BF.INFO", options, [["capacity", "size", "filters", "items", "expansion"]])) {
      if (options.capacity) args.push("CAPACITY");
      if (options.size) args.push("SIZE");
      if (options.filters) args.push("FILTERS");
      if (options.items) args.push("ITEMS");
      if (options.expansion) args.push("EXPANSION");
    }
    return this.send(args);
  }

  /** `BF.INSERT key [CAPACITY capacity] [ERROR error] [EXPANSION expansion] [NOCREATE] [NONSCALING] ITEMS item [item ...]`, since bloom-1.0.0. */
  bfInsert(key: Arg, items: Many, options?: BfInsertOptions): Out<K, Array<boolean>> {
    const args: Arg[] = ["BF.INSERT", key];
    if (given("BF.INSERT", options, ["capacity", "error", "expansion", "nocreate", "nonscaling"])) {
      if (options.capacity !== undefined) {
        args.push("CAPACITY", options.capacity);
      }
      if (options.error !== undefined) {
        args.push("ERROR", options.error);
      }
      if (options.expansion !== undefined) {
        args.push("EXPANSION", options.expansion);
      }
      if (options.nocreate) args.push("NOCREATE");
      if (options.nonscaling) args.push("NONSCALING");
    }
    args.push("ITEMS");
    many(args, items);
    return this.send(args);
  }

  /** `BF.LOADCHUNK key iterator data`, since bloom-1.0.0. */
  bfLoadchunk(key: Arg, iterator: Int, data: Arg): Out<K, "OK"> {
    return this.send(["BF.LOADCHUNK", key, iterator, data]);
  }

  /** `BF.MADD key item [item ...]`, since bloom-1.0.0. */
  bfMadd(key: Arg, items: Many): Out<K, Array<boolean>> {
    const args: Arg[] = ["BF.MADD", key];
    many(args, items);
    return this.send(args);
  }

  /** `BF.MEXISTS key item [item ...]`, since bloom-1.0.0. */
  bfMexists(key: Arg, items: Many): Out<K, Array<boolean>> {
    const args: Arg[] = ["BF.MEXISTS", key];
    many(args, items);
    return this.send(args);
  }

  /** `BF.RESERVE key error-rate capacity [EXPANSION expansion] [NONSCALING]`, since bloom-1.0.0. */
  bfReserve(key: Arg, errorRate: Int, capacity: Int, options?: BfReserveOptions): Out<K, "OK"> {
    const args: Arg[] = ["BF.RESERVE", key, errorRate, capacity];
    if (given("BF.RESERVE", options, ["expansion", "nonscaling"])) {
      if (options.expansion !== undefined) {
        args.push("EXPANSION", options.expansion);
      }
      if (options.nonscaling) args.push("NONSCALING");
    }
    return this.send(args);
  }

  /** `BF.SCANDUMP key iterator`, since bloom-1.0.0. */
  bfScandump(key: Arg, iterator: Int): Out<K, [number, S]> {
    return this.send(["BF.SCANDUMP", key, iterator]);
  }

  /** `BGREWRITEAOF`, since 1.0.0. */
  bgrewriteaof(): Out<K, S> {
    return this.send(["BGREWRITEAOF"]);
  }

  /** `BGSAVE [SCHEDULE | CANCEL]`, since 1.0.0. */
  bgsave(options?: BgsaveOptions): Out<K, "Background saving started" | "Background saving scheduled" | "Background saving cancelled" | "Scheduled background saving cancelled"> {
    const args: Arg[] = ["BGSAVE"];
    if (given("BGSAVE", options, [["schedule", "cancel"]])) {
      if (options.schedule) args.push("SCHEDULE");
      if (options.cancel) args.push("CANCEL");
    }
    return this.send(args);
  }

  /** `BITCOUNT key [start end [BYTE | BIT]]`, since 2.6.0. */
  bitcount(key: Arg, start?: Int, end?: Int, options?: BitcountOptions): Out<K, number> {
    const args: Arg[] = ["BITCOUNT", key];
    if (start !== undefined) {
      args.push(start, (end as Int));
      if (given("BITCOUNT", options, [["byte", "bit"]])) {
        if (options.byte) args.push("BYTE");
        if (options.bit) args.push("BIT");
      }
    }
    return this.send(args);
  }

  /** `BITFIELD key operations`, since 3.2.0. */
  bitfield(key: Arg, operations: readonly BitfieldOperation[]): Out<K, Array<number | bigint | null>> {
    const args: Arg[] = ["BITFIELD", key];
    bitfield(args, operations);
    return this.send(args);
  }

  /** `BITFIELD_RO key operations`, since 6.0.0. */
  bitfieldRo(key: Arg, operations: readonly BitfieldOperation[]): Out<K, Array<number | bigint>> {
    const args: Arg[] = ["BITFIELD_RO", key];
    bitfield(args, operations);
    return this.send(args);
  }

  /** `BITOP <AND | OR | XOR | NOT> destkey key [key ...]`, since 2.6.0. */
  bitop(bitoperation: BitOperation, destkey: Arg, keys: Many): Out<K, number> {
    const args: Arg[] = ["BITOP", bitoperation, destkey];
    many(args, keys);
    return this.send(args);
  }

  /** `BITPOS key bit [start [end [BYTE | BIT]]]`, since 2.8.7. */
  bitpos(key: Arg, bit: Int, start?: Int, end?: Int, options?: BitposOptions): Out<K, number | -1> {
    const args: Arg[] = ["BITPOS", key, bit];
    if (start !== undefined) {
      args.push(start);
      if (start !== undefined) {
        args.push((end as Int));
        if (given("BITPOS", options, [["byte", "bit"]])) {
          if (options.byte) args.push("BYTE");
          if (options.bit) args.push("BIT");
        }
      }
    }
    return this.send(args);
  }

  /** `BLMOVE source destination from to timeout`, since 6.2.0. */
  blmove(source: Arg, destination: Arg, from: Side, to: Side, timeout: Int): Out<K, S | null> {
    return this.send(["BLMOVE", source, destination, from, to, timeout]);
  }

  /** `BLMOVEM source destination from to timeout`, since redis-8.10.0. */
  blmovem(source: Arg, destination: Arg, from: Side, to: Side, timeout: Int): Out<K, Array<S> | null> {
    return this.send(["BLMOVEM", source, destination, from, to, timeout]);
  }

  /** `BLMOVEM source destination from to timeout COUNT count mode`, since redis-8.10.0. */
  blmovemCount(source: Arg, destination: Arg, from: Side, to: Side, timeout: Int, count: Int, mode: MoveMode): Out<K, Array<S> | null> {
    return this.send(["BLMOVEM", source, destination, from, to, timeout, "COUNT", count, mode]);
  }

  /** `BLMOVEM source destination from to timeout EXACTLY count mode`, since redis-8.10.0. */
  blmovemExactly(source: Arg, destination: Arg, from: Side, to: Side, timeout: Int, count: Int, mode: MoveMode): Out<K, Array<S> | null> {
    return this.send(["BLMOVEM", source, destination, from, to, timeout, "EXACTLY", count, mode]);
  }

  /** `BLMPOP timeout numkeys key [key ...] <LEFT | RIGHT> [COUNT count]`, since 7.0.0. */
  blmpop(timeout: Int, keys: Many, side: Side, options?: BlmpopOptions): Out<K, null | [S, Array<S>]> {
    const args: Arg[] = ["BLMPOP", timeout];
    counted(args, 1, keys);
    args.push(side);
    if (given("BLMPOP", options, ["count"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `BLPOP key [key ...] timeout`, since 2.0.0. */
  blpop(keys: Many, timeout: Int): Out<K, null | [S, S]> {
    const args: Arg[] = ["BLPOP"];
    many(args, keys);
    args.push(timeout);
    return this.send(args);
  }

  /** `BRPOP key [key ...] timeout`, since 2.0.0. */
  brpop(keys: Many, timeout: Int): Out<K, null | [S, S]> {
    const args: Arg[] = ["BRPOP"];
    many(args, keys);
    args.push(timeout);
    return this.send(args);
  }

  /** `BRPOPLPUSH source destination timeout`, since 2.2.0. */
  brpoplpush(source: Arg, destination: Arg, timeout: Int): Out<K, S | null> {
    return this.send(["BRPOPLPUSH", source, destination, timeout]);
  }

  /** `BZMPOP timeout numkeys key [key ...] <MIN | MAX> [COUNT count]`, since 7.0.0. */
  bzmpop(timeout: Int, keys: Many, extreme: Extreme, options?: BzmpopOptions): Out<K, null | [S, Array<[S, number]>]> {
    const args: Arg[] = ["BZMPOP", timeout];
    counted(args, 1, keys);
    args.push(extreme);
    if (given("BZMPOP", options, ["count"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `BZPOPMAX key [key ...] timeout`, since 5.0.0. */
  bzpopmax(keys: Many, timeout: Int): Out<K, null | [S, S, number]> {
    const args: Arg[] = ["BZPOPMAX"];
    many(args, keys);
    args.push(timeout);
    return this.send(args);
  }

  /** `BZPOPMIN key [key ...] timeout`, since 5.0.0. */
  bzpopmin(keys: Many, timeout: Int): Out<K, null | [S, S, number]> {
    const args: Arg[] = ["BZPOPMIN"];
    many(args, keys);
    args.push(timeout);
    return this.send(args);
  }

  /** `CF.ADD key item`, since bloom-1.0.0. */
  cfAdd(key: Arg, item: Arg): Out<K, boolean> {
    return this.send(["CF.ADD", key, item]);
  }

  /** `CF.ADDNX key item`, since bloom-1.0.0. */
  cfAddnx(key: Arg, item: Arg): Out<K, boolean> {
    return this.send(["CF.ADDNX", key, item]);
  }

  /** `CF.COMPACT key`, since bloom-1.0.0. */
  cfCompact(key: Arg): Out<K, "OK"> {
    return this.send(["CF.COMPACT", key]);
  }

  /** `CF.COUNT key item`, since bloom-1.0.0. */
  cfCount(key: Arg, item: Arg): Out<K, number> {
    return this.send(["CF.COUNT", key, item]);
  }

  /** `CF.DEL key item`, since bloom-1.0.0. */
  cfDel(key: Arg, item: Arg): Out<K, boolean> {
    return this.send(["CF.DEL", key, item]);
  }

  /** `CF.EXISTS key item`, since bloom-1.0.0. */
  cfExists(key: Arg, item: Arg): Out<K, boolean> {
    return this.send(["CF.EXISTS", key, item]);
  }

  /** `CF.INFO key`, since bloom-1.0.0. */
  cfInfo(key: Arg): Out<K, Map<S, number>> {
    return this.send(["CF.INFO", key]);
  }

  /** `CF.INSERT key [CAPACITY capacity] [NOCREATE] ITEMS item [item ...]`, since bloom-1.0.0. */
  cfInsert(key: Arg, items: Many, options?: CfInsertOptions): Out<K, Array<number>> {
    const args: Arg[] = ["CF.INSERT", key];
    if (given("CF.INSERT", options, ["capacity", "nocreate"])) {
      if (options.capacity !== undefined) {
        args.push("CAPACITY", options.capacity);
      }
      if (options.nocreate) args.push("NOCREATE");
    }
    args.push("ITEMS");
    many(args, items);
    return this.send(args);
  }

  /** `CF.INSERTNX key [CAPACITY capacity] [NOCREATE] ITEMS item [item ...]`, since bloom-1.0.0. */
  cfInsertnx(key: Arg, items: Many, options?: CfInsertnxOptions): Out<K, Array<number>> {
    const args: Arg[] = ["CF.INSERTNX", key];
    if (given("CF.INSERTNX", options, ["capacity", "nocreate"])) {
      if (options.capacity !== undefined) {
        args.push("CAPACITY", options.capacity);
      }
      if (options.nocreate) args.push("NOCREATE");
    }
    args.push("ITEMS");
    many(args, items);
    return this.send(args);
  }

  /** `CF.LOADCHUNK key iterator data`, since bloom-1.0.0. */
  cfLoadchunk(key: Arg, iterator: Int, data: Arg): Out<K, "OK"> {
    return this.send(["CF.LOADCHUNK", key, iterator, data]);
  }

  /** `CF.MEXISTS key item [item ...]`, since bloom-1.0.0. */
  cfMexists(key: Arg, items: Many): Out<K, Array<boolean>> {
    const args: Arg[] = ["CF.MEXISTS", key];
    many(args, items);
    return this.send(args);
  }

  /** `CF.RESERVE key capacity [BUCKETSIZE bucketsize] [MAXITERATIONS maxiterations] [EXPANSION expansion]`, since bloom-1.0.0. */
  cfReserve(key: Arg, capacity: Int, options?: CfReserveOptions): Out<K, "OK"> {
    const args: Arg[] = ["CF.RESERVE", key, capacity];
    if (given("CF.RESERVE", options, ["bucketsize", "maxiterations", "expansion"])) {
      if (options.bucketsize !== undefined) {
        args.push("BUCKETSIZE", options.bucketsize);
      }
      if (options.maxiterations !== undefined) {
        args.push("MAXITERATIONS", options.maxiterations);
      }
      if (options.expansion !== undefined) {
        args.push("EXPANSION", options.expansion);
      }
    }
    return this.send(args);
  }

  /** `CF.SCANDUMP key iterator`, since bloom-1.0.0. */
  cfScandump(key: Arg, iterator: Int): Out<K, [number, S]> {
    return this.send(["CF.SCANDUMP", key, iterator]);
  }

  /** `CLIENT GETNAME`, since 2.6.9. */
  clientGetname(): Out<K, S | null> {
    return this.send(["CLIENT", "GETNAME"]);
  }

  /** `CLIENT GETREDIR`, since 6.0.0. */
  clientGetredir(): Out<K, 0 | -1 | number> {
    return this.send(["CLIENT", "GETREDIR"]);
  }

  /** `CLIENT HELP`, since 5.0.0. */
  clientHelp(): Out<K, Array<S>> {
    return this.send(["CLIENT", "HELP"]);
  }

  /** `CLIENT ID`, since 5.0.0. */
  clientId(): Out<K, number> {
    return this.send(["CLIENT", "ID"]);
  }

  /** `CLIENT INFO`, since 6.2.0. */
  clientInfo(): Out<K, ClientInfo<S>> {
    return this.send(["CLIENT", "INFO"]);
  }

  /** `CLIENT KILL address`, since 2.4.0. */
  clientKill(address: Arg): Out<K, PerNode<"OK">> {
    return this.send(["CLIENT", "KILL", address]);
  }

  /** `CLIENT KILL ADDR address [MAXAGE maxage] [SKIPME <YES | NO>]`, since 2.4.0. */
  clientKillAddr(address: Arg, options?: ClientKillAddrOptions): Out<K, PerNode<number>> {
    const args: Arg[] = ["CLIENT", "KILL", "ADDR", address];
    if (given("CLIENT KILL", options, ["maxage", ["skipmeYes", "skipmeNo"]])) {
      if (options.maxage !== undefined) {
        args.push("MAXAGE", options.maxage);
      }
      if (options.skipmeYes) args.push("SKIPME", "YES");
      if (options.skipmeNo) args.push("SKIPME", "NO");
    }
    return this.send(args);
  }

  /** `CLIENT KILL ID client-id [MAXAGE maxage] [SKIPME <YES | NO>]`, since 2.4.0. */
  clientKillId(clientId: Int, options?: ClientKillIdOptions): Out<K, PerNode<number>> {
    const args: Arg[] = ["CLIENT", "KILL", "ID", clientId];
    if (given("CLIENT KILL", options, ["maxage", ["skipmeYes", "skipmeNo"]])) {
      if (options.maxage !== undefined) {
        args.push("MAXAGE", options.maxage);
      }
      if (options.skipmeYes) args.push("SKIPME", "YES");
      if (options.skipmeNo) args.push("SKIPME", "NO");
    }
    return this.send(args);
  }

  /** `CLIENT KILL LADDR address [MAXAGE maxage] [SKIPME <YES | NO>]`, since 2.4.0. */
  clientKillLaddr(address: Arg, options?: ClientKillLaddrOptions): Out<K, PerNode<number>> {
    const args: Arg[] = ["CLIENT", "KILL", "LADDR", address];
    if (given("CLIENT KILL", options, ["maxage", ["skipmeYes", "skipmeNo"]])) {
      if (options.maxage !== undefined) {
        args.push("MAXAGE", options.maxage);
      }
      if (options.skipmeYes) args.push("SKIPME", "YES");
      if (options.skipmeNo) args.push("SKIPME", "NO");
    }
    return this.send(args);
  }

  /** `CLIENT KILL TYPE type [MAXAGE maxage] [SKIPME <YES | NO>]`, since 2.4.0. */
  clientKillType(type: ClientType, options?: ClientKillTypeOptions): Out<K, PerNode<number>> {
    const args: Arg[] = ["CLIENT", "KILL", "TYPE", type];
    if (given("CLIENT KILL", options, ["maxage", ["skipmeYes", "skipmeNo"]])) {
      if (options.maxage !== undefined) {
        args.push("MAXAGE", options.maxage);
      }
      if (options.skipmeYes) args.push("SKIPME", "YES");
      if (options.skipmeNo) args.push("SKIPME", "NO");
    }
    return this.send(args);
  }

  /** `CLIENT KILL USER username [MAXAGE maxage] [SKIPME <YES | NO>]`, since 2.4.0. */
  clientKillUser(username: Arg, options?: ClientKillUserOptions): Out<K, PerNode<number>> {
    const args: Arg[] = ["CLIENT", "KILL", "USER", username];
    if (given("CLIENT KILL", options, ["maxage", ["skipmeYes", "skipmeNo"]])) {
      if (options.maxage !== undefined) {
        args.push("MAXAGE", options.maxage);
      }
      if (options.skipmeYes) args.push("SKIPME", "YES");
      if (options.skipmeNo) args.push("SKIPME", "NO");
    }
    return this.send(args);
  }

  /** `CLIENT LIST [TYPE type] [ID client-id [client-id ...]]`, since 2.4.0. */
  clientList(options?: ClientListOptions): Out<K, PerNode<Array<ClientInfo<S>>>> {
    const args: Arg[] = ["CLIENT", "LIST"];
    if (given("CLIENT LIST", options, ["type", "id"])) {
      if (options.type !== undefined) {
        args.push("TYPE", options.type);
      }
      if (options.id !== undefined) {
        args.push("ID");
        many(args, options.id);
      }
    }
    return this.send(args);
  }

  /** `CLIENT PAUSE timeout [WRITE | ALL]`, since 3.0.0. */
  clientPause(timeout: Int, options?: ClientPauseOptions): Out<K, "OK"> {
    const args: Arg[] = ["CLIENT", "PAUSE", timeout];
    if (given("CLIENT PAUSE", options, [["write", "all"]])) {
      if (options.write) args.push("WRITE");
      if (options.all) args.push("ALL");
    }
    return this.send(args);
  }

  /** `CLIENT SETNAME connection-name`, since 2.6.9. */
  clientSetname(connectionName: Arg): Out<K, "OK"> {
    return this.send(["CLIENT", "SETNAME", connectionName]);
  }

  /** `CLIENT TRACKINGINFO`, since 6.2.0. */
  clientTrackinginfo(): Out<K, Fields<S, { "flags": Array<"off" | "on" | "bcast" | "optin" | "optout" | "caching-yes" | "caching-no" | "noloop" | "broken_redirect">; "redirect": number; "prefixes": Array<S> }>> {
    return this.send(["CLIENT", "TRACKINGINFO"]);
  }

  /** `CLIENT UNBLOCK client-id [TIMEOUT | ERROR]`, since 5.0.0. */
  clientUnblock(clientId: Int, options?: ClientUnblockOptions): Out<K, boolean> {
    const args: Arg[] = ["CLIENT", "UNBLOCK", clientId];
    if (given("CLIENT UNBLOCK", options, [["timeout", "error"]])) {
      if (options.timeout) args.push("TIMEOUT");
      if (options.error) args.push("ERROR");
    }
    return this.send(args);
  }

  /** `CLIENT UNPAUSE`, since 6.2.0. */
  clientUnpause(): Out<K, "OK"> {
    return this.send(["CLIENT", "UNPAUSE"]);
  }

  /** `CLUSTER ADDSLOTS slot [slot ...]`, since 3.0.0. */
  clusterAddslots(slots: Many): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "ADDSLOTS"];
    many(args, slots);
    return this.send(args);
  }

  /** `CLUSTER ADDSLOTSRANGE start-slot end-slot [start-slot end-slot ...]`, since 7.0.0. */
  clusterAddslotsrange(pairs: Pairs): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "ADDSLOTSRANGE"];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `CLUSTER BUMPEPOCH`, since 3.0.0. */
  clusterBumpepoch(): Out<K, S> {
    return this.send(["CLUSTER", "BUMPEPOCH"]);
  }

  /** `CLUSTER CANCELSLOTMIGRATIONS`, since valkey-9.0.0. */
  clusterCancelslotmigrations(): Out<K, "OK"> {
    return this.send(["CLUSTER", "CANCELSLOTMIGRATIONS"]);
  }

  /** `CLUSTER COUNT-FAILURE-REPORTS node-id`, since 3.0.0. */
  clusterCountFailureReports(nodeId: Arg): Out<K, number> {
    return this.send(["CLUSTER", "COUNT-FAILURE-REPORTS", nodeId]);
  }

  /** `CLUSTER COUNTKEYSINSLOT slot`, since 3.0.0. */
  clusterCountkeysinslot(slot: Int): Out<K, number> {
    return this.send(["CLUSTER", "COUNTKEYSINSLOT", slot]);
  }

  /** `CLUSTER DELSLOTS slot [slot ...]`, since 3.0.0. */
  clusterDelslots(slots: Many): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "DELSLOTS"];
    many(args, slots);
    return this.send(args);
  }

  /** `CLUSTER DELSLOTSRANGE start-slot end-slot [start-slot end-slot ...]`, since 7.0.0. */
  clusterDelslotsrange(pairs: Pairs): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "DELSLOTSRANGE"];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `CLUSTER FAILOVER [FORCE | TAKEOVER]`, since 3.0.0. */
  clusterFailover(options?: ClusterFailoverOptions): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "FAILOVER"];
    if (given("CLUSTER FAILOVER", options, [["force", "takeover"]])) {
      if (options.force) args.push("FORCE");
      if (options.takeover) args.push("TAKEOVER");
    }
    return this.send(args);
  }

  /** `CLUSTER FLUSHSLOT slot [ASYNC | SYNC]`, since valkey-9.0.0. */
  clusterFlushslot(slot: Int, options?: ClusterFlushslotOptions): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "FLUSHSLOT", slot];
    if (given("CLUSTER FLUSHSLOT", options, [["async", "sync"]])) {
      if (options.async) args.push("ASYNC");
      if (options.sync) args.push("SYNC");
    }
    return this.send(args);
  }

  /** `CLUSTER FLUSHSLOTS`, since 3.0.0. */
  clusterFlushslots(): Out<K, "OK"> {
    return this.send(["CLUSTER", "FLUSHSLOTS"]);
  }

  /** `CLUSTER FORGET node-id`, since 3.0.0. */
  clusterForget(nodeId: Arg): Out<K, "OK"> {
    return this.send(["CLUSTER", "FORGET", nodeId]);
  }

  /** `CLUSTER GETKEYSINSLOT slot count`, since 3.0.0. */
  clusterGetkeysinslot(slot: Int, count: Int): Out<K, Array<S>> {
    return this.send(["CLUSTER", "GETKEYSINSLOT", slot, count]);
  }

  /** `CLUSTER GETSLOTMIGRATIONS`, since valkey-9.0.0. */
  clusterGetslotmigrations(): Out<K, Array<Map<S, Value<S>>>> {
    return this.send(["CLUSTER", "GETSLOTMIGRATIONS"]);
  }

  /** `CLUSTER HELP`, since 5.0.0. */
  clusterHelp(): Out<K, Array<S>> {
    return this.send(["CLUSTER", "HELP"]);
  }

  /** `CLUSTER INFO`, since 3.0.0. */
  clusterInfo(): Out<K, Map<S, S>> {
    return this.send(["CLUSTER", "INFO"]);
  }

  /** `CLUSTER KEYSLOT key`, since 3.0.0. */
  clusterKeyslot(key: Arg): Out<K, number> {
    return this.send(["CLUSTER", "KEYSLOT", key]);
  }

  /** `CLUSTER LINKS`, since 7.0.0. */
  clusterLinks(): Out<K, PerNode<Array<Fields<S, { "direction": "from" | "to"; "node": S; "create-time": number; "events": S; "send-buffer-allocated": number; "send-buffer-used": number }>>>> {
    return this.send(["CLUSTER", "LINKS"]);
  }

  /** `CLUSTER MEET ip port [cluster-bus-port]`, since 3.0.0. */
  clusterMeet(ip: Arg, port: Int, clusterBusPort?: Int): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "MEET", ip, port];
    if (clusterBusPort !== undefined) {
      args.push(clusterBusPort);
    }
    return this.send(args);
  }

  /** `CLUSTER MIGRATESLOTS SLOTSRANGE start-slot end-slot [start-slot end-slot ...] NODE node-id`, since valkey-9.0.0. */
  clusterMigrateslots(pairs: Pairs, nodeId: Arg): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "MIGRATESLOTS", "SLOTSRANGE"];
    groups(args, 2, pairs);
    args.push("NODE", nodeId);
    return this.send(args);
  }

  /** `CLUSTER MIGRATION CANCEL ID task-id`, since redis-8.4.0. */
  clusterMigrationCancel(taskId: Arg): Out<K, number> {
    return this.send(["CLUSTER", "MIGRATION", "CANCEL", "ID", taskId]);
  }

  /** `CLUSTER MIGRATION CANCEL ALL`, since redis-8.4.0. */
  clusterMigrationCancelAll(): Out<K, number> {
    return this.send(["CLUSTER", "MIGRATION", "CANCEL", "ALL"]);
  }

  /** `CLUSTER MIGRATION IMPORT start-slot end-slot [start-slot end-slot ...]`, since redis-8.4.0. */
  clusterMigrationImport(pairs: Pairs): Out<K, S> {
    const args: Arg[] = ["CLUSTER", "MIGRATION", "IMPORT"];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `CLUSTER MIGRATION STATUS ID task-id`, since redis-8.4.0. */
  clusterMigrationStatus(taskId: Arg): Out<K, Array<Map<S, Value<S>>>> {
    return this.send(["CLUSTER", "MIGRATION", "STATUS", "ID", taskId]);
  }

  /** `CLUSTER MIGRATION STATUS ALL`, since redis-8.4.0. */
  clusterMigrationStatusAll(): Out<K, Array<Map<S, Value<S>>>> {
    return this.send(["CLUSTER", "MIGRATION", "STATUS", "ALL"]);
  }

  /** `CLUSTER MYID`, since 3.0.0. */
  clusterMyid(): Out<K, S> {
    return this.send(["CLUSTER", "MYID"]);
  }

  /** `CLUSTER MYSHARDID`, since 7.2.0. */
  clusterMyshardid(): Out<K, S> {
    return this.send(["CLUSTER", "MYSHARDID"]);
  }

  /** `CLUSTER NODES`, since 3.0.0. */
  clusterNodes(): Out<K, Array<ClusterNode<S>>> {
    return this.send(["CLUSTER", "NODES"]);
  }

  /** `CLUSTER REPLICAS node-id`, since 5.0.0. */
  clusterReplicas(nodeId: Arg): Out<K, Array<ClusterNode<S>>> {
    return this.send(["CLUSTER", "REPLICAS", nodeId]);
  }

  /** `CLUSTER REPLICATE node-id`, since 3.0.0. */
  clusterReplicate(nodeId: Arg): Out<K, "OK"> {
    return this.send(["CLUSTER", "REPLICATE", nodeId]);
  }

  /** `CLUSTER RESET [HARD | SOFT]`, since 3.0.0. */
  clusterReset(options?: ClusterResetOptions): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "RESET"];
    if (given("CLUSTER RESET", options, [["hard", "soft"]])) {
      if (options.hard) args.push("HARD");
      if (options.soft) args.push("SOFT");
    }
    return this.send(args);
  }

  /** `CLUSTER SAVECONFIG`, since 3.0.0. */
  clusterSaveconfig(): Out<K, "OK"> {
    return this.send(["CLUSTER", "SAVECONFIG"]);
  }

  /** `CLUSTER SET-CONFIG-EPOCH config-epoch`, since 3.0.0. */
  clusterSetConfigEpoch(configEpoch: Int): Out<K, "OK"> {
    return this.send(["CLUSTER", "SET-CONFIG-EPOCH", configEpoch]);
  }

  /** `CLUSTER SETSLOT slot IMPORTING node-id [TIMEOUT timeout]`, since 3.0.0. */
  clusterSetslotImporting(slot: Int, nodeId: Arg, options?: ClusterSetslotImportingOptions): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "SETSLOT", slot, "IMPORTING", nodeId];
    if (given("CLUSTER SETSLOT", options, ["timeout"])) {
      if (options.timeout !== undefined) {
        args.push("TIMEOUT", options.timeout);
      }
    }
    return this.send(args);
  }

  /** `CLUSTER SETSLOT slot MIGRATING node-id [TIMEOUT timeout]`, since 3.0.0. */
  clusterSetslotMigrating(slot: Int, nodeId: Arg, options?: ClusterSetslotMigratingOptions): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "SETSLOT", slot, "MIGRATING", nodeId];
    if (given("CLUSTER SETSLOT", options, ["timeout"])) {
      if (options.timeout !== undefined) {
        args.push("TIMEOUT", options.timeout);
      }
    }
    return this.send(args);
  }

  /** `CLUSTER SETSLOT slot NODE node-id [TIMEOUT timeout]`, since 3.0.0. */
  clusterSetslotNode(slot: Int, nodeId: Arg, options?: ClusterSetslotNodeOptions): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "SETSLOT", slot, "NODE", nodeId];
    if (given("CLUSTER SETSLOT", options, ["timeout"])) {
      if (options.timeout !== undefined) {
        args.push("TIMEOUT", options.timeout);
      }
    }
    return this.send(args);
  }

  /** `CLUSTER SETSLOT slot STABLE [TIMEOUT timeout]`, since 3.0.0. */
  clusterSetslotStable(slot: Int, options?: ClusterSetslotStableOptions): Out<K, "OK"> {
    const args: Arg[] = ["CLUSTER", "SETSLOT", slot, "STABLE"];
    if (given("CLUSTER SETSLOT", options, ["timeout"])) {
      if (options.timeout !== undefined) {
        args.push("TIMEOUT", options.timeout);
      }
    }
    return this.send(args);
  }

  /** `CLUSTER SHARDS`, since 7.0.0. */
  clusterShards(): Out<K, Array<Fields<S, { "slots": Array<number>; "nodes": Array<Fields<S, { "id": S; "port": number | undefined; "tls-port": number | undefined; "ip": S; "endpoint": S | null; "hostname": S | undefined; "role": S; "replication-offset": number; "health": S }>> }>>> {
    return this.send(["CLUSTER", "SHARDS"]);
  }

  /** `CLUSTER SLAVES node-id`, since 3.0.0. */
  clusterSlaves(nodeId: Arg): Out<K, Array<ClusterNode<S>>> {
    return this.send(["CLUSTER", "SLAVES", nodeId]);
  }

  /** `CLUSTER SLOT-STATS ORDERBY metric [LIMIT limit] [ASC | DESC]`, since 8.0.0. */
  clusterSlotStatsOrderby(metric: Arg, options?: ClusterSlotStatsOrderbyOptions): Out<K, Array<[number, SlotStats<S>]>> {
    const args: Arg[] = ["CLUSTER", "SLOT-STATS", "ORDERBY", metric];
    if (given("CLUSTER SLOT-STATS", options, ["limit", ["asc", "desc"]])) {
      if (options.limit !== undefined) {
        args.push("LIMIT", options.limit);
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
    }
    return this.send(args);
  }

  /** `CLUSTER SLOT-STATS SLOTSRANGE start-slot end-slot`, since 8.0.0. */
  clusterSlotStatsSlotsrange(startSlot: Int, endSlot: Int): Out<K, Array<[number, SlotStats<S>]>> {
    return this.send(["CLUSTER", "SLOT-STATS", "SLOTSRANGE", startSlot, endSlot]);
  }

  /** `CLUSTER SLOTS`, since 3.0.0. */
  clusterSlots(): Out<K, Array<SlotOwners<S>>> {
    return this.send(["CLUSTER", "SLOTS"]);
  }

  /** `CMS.INCRBY key item increment [item increment ...]`, since bloom-2.0.0. */
  cmsIncrby(key: Arg, pairs: Pairs): Out<K, Array<number>> {
    const args: Arg[] = ["CMS.INCRBY", key];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `CMS.INFO key`, since bloom-2.0.0. */
  cmsInfo(key: Arg): Out<K, Map<S, number>> {
    return this.send(["CMS.INFO", key]);
  }

  /** `CMS.INITBYDIM key width depth`, since bloom-2.0.0. */
  cmsInitbydim(key: Arg, width: Int, depth: Int): Out<K, "OK"> {
    return this.send(["CMS.INITBYDIM", key, width, depth]);
  }

  /** `CMS.INITBYPROB key error probability`, since bloom-2.0.0. */
  cmsInitbyprob(key: Arg, error: Int, probability: Int): Out<K, "OK"> {
    return this.send(["CMS.INITBYPROB", key, error, probability]);
  }

  /** `CMS.MERGE destination numkeys source [source ...] [WEIGHTS weight [weight ...]]`, since bloom-2.0.0. */
  cmsMerge(destination: Arg, sources: Many, options?: CmsMergeOptions): Out<K, "OK"> {
    const args: Arg[] = ["CMS.MERGE", destination];
    counted(args, 1, sources);
    if (given("CMS.MERGE", options, ["weights"])) {
      if (options.weights !== undefined) {
        args.push("WEIGHTS");
        many(args, options.weights);
      }
    }
    return this.send(args);
  }

  /** `CMS.QUERY key item [item ...]`, since bloom-2.0.0. */
  cmsQuery(key: Arg, items: Many): Out<K, Array<number>> {
    const args: Arg[] = ["CMS.QUERY", key];
    many(args, items);
    return this.send(args);
  }

  /** `COMMAND COUNT`, since 2.8.13. */
  commandCount(): Out<K, number> {
    return this.send(["COMMAND", "COUNT"]);
  }

  /** `COMMAND DOCS [command-name [command-name ...]]`, since 7.0.0. */
  commandDocs(commandNames?: Many): Out<K, Map<S, Value<S>>> {
    const args: Arg[] = ["COMMAND", "DOCS"];
    if (commandNames !== undefined) {
      many(args, commandNames);
    }
    return this.send(args);
  }

  /** `COMMAND GETKEYS command [arg [arg ...]]`, since 2.8.13. */
  commandGetkeys(command: Arg, args_: Many): Out<K, Array<S>> {
    const args: Arg[] = ["COMMAND", "GETKEYS", command];
    many(args, args_);
    return this.send(args);
  }

  /** `COMMAND GETKEYSANDFLAGS command [arg [arg ...]]`, since 7.0.0. */
  commandGetkeysandflags(command: Arg, args_: Many): Out<K, Array<[S, Array<S>]>> {
    const args: Arg[] = ["COMMAND", "GETKEYSANDFLAGS", command];
    many(args, args_);
    return this.send(args);
  }

  /** `COMMAND HELP`, since 5.0.0. */
  commandHelp(): Out<K, Array<S>> {
    return this.send(["COMMAND", "HELP"]);
  }

  /** `COMMAND INFO [command-name [command-name ...]]`, since 2.8.13. */
  commandInfo(commandNames?: Many): Out<K, Array<Value<S>>> {
    const args: Arg[] = ["COMMAND", "INFO"];
    if (commandNames !== undefined) {
      many(args, commandNames);
    }
    return this.send(args);
  }

  /** `COMMAND LIST [FILTERBY <MODULE module-name | ACLCAT category | PATTERN pattern>]`, since 7.0.0. */
  commandList(options?: CommandListOptions): Out<K, Array<S>> {
    const args: Arg[] = ["COMMAND", "LIST"];
    if (given("COMMAND LIST", options, [["filterbyModule", "filterbyAclcat", "filterbyPattern"]])) {
      if (options.filterbyModule !== undefined) {
        args.push("FILTERBY", "MODULE", options.filterbyModule);
      }
      if (options.filterbyAclcat !== undefined) {
        args.push("FILTERBY", "ACLCAT", options.filterbyAclcat);
      }
      if (options.filterbyPattern !== undefined) {
        args.push("FILTERBY", "PATTERN", options.filterbyPattern);
      }
    }
    return this.send(args);
  }

  /** `COMMANDLOG GET count <slow | large-request | large-reply> [RECENCY | MAGNITUDE]`, since valkey-8.1.0. */
  commandlogGet(count: Int, commandlog: CommandLog, options?: CommandlogGetOptions): Out<K, PerNode<Array<SlowlogEntry<S>>>> {
    const args: Arg[] = ["COMMANDLOG", "GET", count, commandlog];
    if (given("COMMANDLOG GET", options, [["recency", "magnitude"]])) {
      if (options.recency) args.push("RECENCY");
      if (options.magnitude) args.push("MAGNITUDE");
    }
    return this.send(args);
  }

  /** `COMMANDLOG HELP`, since valkey-8.1.0. */
  commandlogHelp(): Out<K, Array<S>> {
    return this.send(["COMMANDLOG", "HELP"]);
  }

  /** `COMMANDLOG LEN <slow | large-request | large-reply>`, since valkey-8.1.0. */
  commandlogLen(commandlog: CommandLog): Out<K, number> {
    return this.send(["COMMANDLOG", "LEN", commandlog]);
  }

  /** `COMMANDLOG RESET <slow | large-request | large-reply>`, since valkey-8.1.0. */
  commandlogReset(commandlog: CommandLog): Out<K, "OK"> {
    return this.send(["COMMANDLOG", "RESET", commandlog]);
  }

  /** `CONFIG GET parameter [parameter ...]`, since 2.0.0. */
  configGet(parameters: Many): Out<K, PerNode<Map<S, S>>> {
    const args: Arg[] = ["CONFIG", "GET"];
    many(args, parameters);
    return this.send(args);
  }

  /** `CONFIG HELP`, since 5.0.0. */
  configHelp(): Out<K, Array<S>> {
    return this.send(["CONFIG", "HELP"]);
  }

  /** `CONFIG RESETSTAT`, since 2.0.0. */
  configResetstat(): Out<K, "OK"> {
    return this.send(["CONFIG", "RESETSTAT"]);
  }

  /** `CONFIG REWRITE`, since 2.8.0. */
  configRewrite(): Out<K, "OK"> {
    return this.send(["CONFIG", "REWRITE"]);
  }

  /** `CONFIG SET parameter value [parameter value ...]`, since 2.0.0. */
  configSet(pairs: Pairs): Out<K, "OK"> {
    const args: Arg[] = ["CONFIG", "SET"];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `COPY source destination [DB destination-db] [REPLACE]`, since 6.2.0. */
  copy(source: Arg, destination: Arg, options?: CopyOptions): Out<K, 1 | 0> {
    const args: Arg[] = ["COPY", source, destination];
    if (given("COPY", options, ["db", "replace"])) {
      if (options.db !== undefined) {
        args.push("DB", options.db);
      }
      if (options.replace) args.push("REPLACE");
    }
    return this.send(args);
  }

  /** `DBSIZE`, since 1.0.0. */
  dbsize(): Out<K, number> {
    return this.send(["DBSIZE"]);
  }

  /** `DECR key`, since 1.0.0. */
  decr(key: Arg): Out<K, number | bigint> {
    return this.send(["DECR", key]);
  }

  /** `DECRBY key decrement`, since 1.0.0. */
  decrby(key: Arg, decrement: Int): Out<K, number | bigint> {
    return this.send(["DECRBY", key, decrement]);
  }

  /** `DEL key [key ...]`, since 1.0.0. */
  del(keys: Many): Out<K, number> {
    const args: Arg[] = ["DEL"];
    many(args, keys);
    return this.send(args);
  }

  /** `DELEX key [IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest]`, since redis-8.4.0. */
  delex(key: Arg, options?: DelexOptions): Out<K, boolean> {
    const args: Arg[] = ["DELEX", key];
    if (given("DELEX", options, [["ifeq", "ifne", "ifdeq", "ifdne"]])) {
      if (options.ifeq !== undefined) {
        args.push("IFEQ", options.ifeq);
      }
      if (options.ifne !== undefined) {
        args.push("IFNE", options.ifne);
      }
      if (options.ifdeq !== undefined) {
        args.push("IFDEQ", options.ifdeq);
      }
      if (options.ifdne !== undefined) {
        args.push("IFDNE", options.ifdne);
      }
    }
    return this.send(args);
  }

  /** `DELIFEQ key value`, since valkey-9.0.0. */
  delifeq(key: Arg, value: Arg): Out<K, boolean> {
    return this.send(["DELIFEQ", key, value]);
  }

  /** `DIGEST key`, since redis-8.4.0. */
  digest(key: Arg): Out<K, S | null> {
    return this.send(["DIGEST", key]);
  }

  /** `DUMP key`, since 2.6.0. */
  dump(key: Arg): Out<K, S | null> {
    return this.send(["DUMP", key]);
  }

  /** `ECHO message`, since 1.0.0. */
  echo(message: Arg): Out<K, S> {
    return this.send(["ECHO", message]);
  }

  /** `EVAL script numkeys [key [key ...]] [arg [arg ...]]`, since 2.6.0. */
  eval(script: Arg, keys: Many, args_: Many): Out<K, Value<S>> {
    const args: Arg[] = ["EVAL", script];
    counted(args, 1, keys);
    many(args, args_);
    return this.send(args);
  }

  /** `EVALSHA sha1 numkeys [key [key ...]] [arg [arg ...]]`, since 2.6.0. */
  evalsha(sha1: Arg, keys: Many, args_: Many): Out<K, Value<S>> {
    const args: Arg[] = ["EVALSHA", sha1];
    counted(args, 1, keys);
    many(args, args_);
    return this.send(args);
  }

  /** `EVALSHA_RO sha1 numkeys [key [key ...]] [arg [arg ...]]`, since 7.0.0. */
  evalshaRo(sha1: Arg, keys: Many, args_: Many): Out<K, Value<S>> {
    const args: Arg[] = ["EVALSHA_RO", sha1];
    counted(args, 1, keys);
    many(args, args_);
    return this.send(args);
  }

  /** `EVAL_RO script numkeys [key [key ...]] [arg [arg ...]]`, since 7.0.0. */
  evalRo(script: Arg, keys: Many, args_: Many): Out<K, Value<S>> {
    const args: Arg[] = ["EVAL_RO", script];
    counted(args, 1, keys);
    many(args, args_);
    return this.send(args);
  }

  /** `EXISTS key [key ...]`, since 1.0.0. */
  exists(keys: Many): Out<K, number> {
    const args: Arg[] = ["EXISTS"];
    many(args, keys);
    return this.send(args);
  }

  /** `EXPIRE key seconds [NX | XX | GT | LT]`, since 1.0.0. */
  expire(key: Arg, seconds: Int, options?: ExpireOptions): Out<K, boolean> {
    const args: Arg[] = ["EXPIRE", key, seconds];
    if (given("EXPIRE", options, [["nx", "xx", "gt", "lt"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.gt) args.push("GT");
      if (options.lt) args.push("LT");
    }
    return this.send(args);
  }

  /** `EXPIREAT key unix-time-seconds [NX | XX | GT | LT]`, since 1.2.0. */
  expireat(key: Arg, unixTimeSeconds: Int, options?: ExpireatOptions): Out<K, 1 | 0> {
    const args: Arg[] = ["EXPIREAT", key, unixTimeSeconds];
    if (given("EXPIREAT", options, [["nx", "xx", "gt", "lt"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.gt) args.push("GT");
      if (options.lt) args.push("LT");
    }
    return this.send(args);
  }

  /** `EXPIRETIME key`, since 7.0.0. */
  expiretime(key: Arg): Out<K, number | -1 | -2> {
    return this.send(["EXPIRETIME", key]);
  }

  /** `FCALL function numkeys [key [key ...]] [arg [arg ...]]`, since 7.0.0. */
  fcall(function_: Arg, keys: Many, args_: Many): Out<K, Value<S>> {
    const args: Arg[] = ["FCALL", function_];
    counted(args, 1, keys);
    many(args, args_);
    return this.send(args);
  }

  /** `FCALL_RO function numkeys [key [key ...]] [arg [arg ...]]`, since 7.0.0. */
  fcallRo(function_: Arg, keys: Many, args_: Many): Out<K, Value<S>> {
    const args: Arg[] = ["FCALL_RO", function_];
    counted(args, 1, keys);
    many(args, args_);
    return this.send(args);
  }

  /** `FLUSHALL [ASYNC | SYNC]`, since 1.0.0. */
  flushall(options?: FlushallOptions): Out<K, "OK"> {
    const args: Arg[] = ["FLUSHALL"];
    if (given("FLUSHALL", options, [["async", "sync"]])) {
      if (options.async) args.push("ASYNC");
      if (options.sync) args.push("SYNC");
    }
    return this.send(args);
  }

  /** `FLUSHDB [ASYNC | SYNC]`, since 1.0.0. */
  flushdb(options?: FlushdbOptions): Out<K, "OK"> {
    const args: Arg[] = ["FLUSHDB"];
    if (given("FLUSHDB", options, [["async", "sync"]])) {
      if (options.async) args.push("ASYNC");
      if (options.sync) args.push("SYNC");
    }
    return this.send(args);
  }

  /** `FT.AGGREGATE index query [argument [argument ...]]`, since search-1.1.0. */
  ftAggregate(index: Arg, query: Arg, arguments_: Many): Out<K, Value<S>> {
    const args: Arg[] = ["FT.AGGREGATE", index, query];
    many(args, arguments_);
    return this.send(args);
  }

  /** `FT.ALIASADD alias index`, since search-1.0.0. */
  ftAliasadd(alias: Arg, index: Arg): Out<K, "OK"> {
    return this.send(["FT.ALIASADD", alias, index]);
  }

  /** `FT.ALIASDEL alias`, since search-1.0.0. */
  ftAliasdel(alias: Arg): Out<K, "OK"> {
    return this.send(["FT.ALIASDEL", alias]);
  }

  /** `FT.ALIASLIST index`, since search-8.10.0. */
  ftAliaslist(index: Arg): Out<K, Array<S>> {
    return this.send(["FT.ALIASLIST", index]);
  }

  /** `FT.ALIASUPDATE alias index`, since search-1.0.0. */
  ftAliasupdate(alias: Arg, index: Arg): Out<K, "OK"> {
    return this.send(["FT.ALIASUPDATE", alias, index]);
  }

  /** `FT.ALTER index [SKIPINITIALSCAN] SCHEMA ADD field attribute [attribute ...]`, since search-1.0.0. */
  ftAlter(index: Arg, field: Arg, attributes: Many, options?: FtAlterOptions): Out<K, "OK"> {
    const args: Arg[] = ["FT.ALTER", index];
    if (given("FT.ALTER", options, ["skipinitialscan"])) {
      if (options.skipinitialscan) args.push("SKIPINITIALSCAN");
    }
    args.push("SCHEMA", "ADD", field);
    many(args, attributes);
    return this.send(args);
  }

  /** `FT.CONFIG GET option`, since search-1.0.0. */
  ftConfigGet(option: Arg): Out<K, Map<S, S | null>> {
    return this.send(["FT.CONFIG", "GET", option]);
  }

  /** `FT.CONFIG HELP option`, since search-1.0.0. */
  ftConfigHelp(option: Arg): Out<K, Array<Value<S>>> {
    return this.send(["FT.CONFIG", "HELP", option]);
  }

  /** `FT.CONFIG SET option value`, since search-1.0.0. */
  ftConfigSet(option: Arg, value: Arg): Out<K, "OK"> {
    return this.send(["FT.CONFIG", "SET", option, value]);
  }

  /** `FT.CREATE index [ON <HASH | JSON>] [INDEXALL <ENABLE | DISABLE>] [PREFIX count prefix [prefix ...]] [FILTER filter] [LANGUAGE default-lang] [LANGUAGE_FIELD lang-attribute] [SCORE default-score] [SCORE_FIELD score-attribute] [PAYLOAD_FIELD payload-attribute] [MAXTEXTFIELDS] [TEMPORARY seconds] [NOOFFSETS] [NOHL] [NOFIELDS] [NOFREQS] [STOPWORDS count [stopword [stopword ...]]] [SKIPINITIALSCAN] SCHEMA field [field ...]`, since search-1.0.0. */
  ftCreate(index: Arg, fields: Many, options?: FtCreateOptions): Out<K, "OK"> {
    const args: Arg[] = ["FT.CREATE", index];
    if (given("FT.CREATE", options, [["onHash", "onJson"], ["indexallEnable", "indexallDisable"], "prefix", "filter", "language", "languageField", "score", "scoreField", "payloadField", "maxtextfields", "temporary", "nooffsets", "nohl", "nofields", "nofreqs", "stopwords", "skipinitialscan"])) {
      if (options.onHash) args.push("ON", "HASH");
      if (options.onJson) args.push("ON", "JSON");
      if (options.indexallEnable) args.push("INDEXALL", "ENABLE");
      if (options.indexallDisable) args.push("INDEXALL", "DISABLE");
      if (options.prefix !== undefined) {
        args.push("PREFIX");
        counted(args, 1, options.prefix);
      }
      if (options.filter !== undefined) {
        args.push("FILTER", options.filter);
      }
      if (options.language !== undefined) {
        args.push("LANGUAGE", options.language);
      }
      if (options.languageField !== undefined) {
        args.push("LANGUAGE_FIELD", options.languageField);
      }
      if (options.score !== undefined) {
        args.push("SCORE", options.score);
      }
      if (options.scoreField !== undefined) {
        args.push("SCORE_FIELD", options.scoreField);
      }
      if (options.payloadField !== undefined) {
        args.push("PAYLOAD_FIELD", options.payloadField);
      }
      if (options.maxtextfields) args.push("MAXTEXTFIELDS");
      if (options.temporary !== undefined) {
        args.push("TEMPORARY", options.temporary);
      }
      if (options.nooffsets) args.push("NOOFFSETS");
      if (options.nohl) args.push("NOHL");
      if (options.nofields) args.push("NOFIELDS");
      if (options.nofreqs) args.push("NOFREQS");
      if (options.stopwords !== undefined) {
        args.push("STOPWORDS");
        counted(args, 1, options.stopwords);
      }
      if (options.skipinitialscan) args.push("SKIPINITIALSCAN");
    }
    args.push("SCHEMA");
    many(args, fields);
    return this.send(args);
  }

  /** `FT.CURSOR DEL index cursor-id`, since search-1.1.0. */
  ftCursorDel(index: Arg, cursorId: Int): Out<K, "OK"> {
    return this.send(["FT.CURSOR", "DEL", index, cursorId]);
  }

  /** `FT.CURSOR GC index`, since search-1.1.0. */
  ftCursorGc(index: Arg): Out<K, Value<S>> {
    return this.send(["FT.CURSOR", "GC", index]);
  }

  /** `FT.CURSOR READ index cursor-id [COUNT read-size]`, since search-1.1.0. */
  ftCursorRead(index: Arg, cursorId: Int, options?: FtCursorReadOptions): Out<K, Value<S>> {
    const args: Arg[] = ["FT.CURSOR", "READ", index, cursorId];
    if (given("FT.CURSOR READ", options, ["count"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `FT.DICTADD dict term [term ...]`, since search-1.4.0. */
  ftDictadd(dict: Arg, terms: Many): Out<K, number> {
    const args: Arg[] = ["FT.DICTADD", dict];
    many(args, terms);
    return this.send(args);
  }

  /** `FT.DICTDEL dict term [term ...]`, since search-1.4.0. */
  ftDictdel(dict: Arg, terms: Many): Out<K, number> {
    const args: Arg[] = ["FT.DICTDEL", dict];
    many(args, terms);
    return this.send(args);
  }

  /** `FT.DICTDUMP dict`, since search-1.4.0. */
  ftDictdump(dict: Arg): Out<K, Array<S>> {
    return this.send(["FT.DICTDUMP", dict]);
  }

  /** `FT.DROP index [KEEPDOCS]`, since search-1.0.0. */
  ftDrop(index: Arg, options?: FtDropOptions): Out<K, "OK"> {
    const args: Arg[] = ["FT.DROP", index];
    if (given("FT.DROP", options, ["keepdocs"])) {
      if (options.keepdocs) args.push("KEEPDOCS");
    }
    return this.send(args);
  }

  /** `FT.DROPINDEX index [DD]`, since search-2.0.0. */
  ftDropindex(index: Arg, options?: FtDropindexOptions): Out<K, "OK"> {
    const args: Arg[] = ["FT.DROPINDEX", index];
    if (given("FT.DROPINDEX", options, ["dd"])) {
      if (options.dd) args.push("DD");
    }
    return this.send(args);
  }

  /** `FT.EXPLAIN index query [DIALECT dialect]`, since search-1.0.0. */
  ftExplain(index: Arg, query: Arg, options?: FtExplainOptions): Out<K, S> {
    const args: Arg[] = ["FT.EXPLAIN", index, query];
    if (given("FT.EXPLAIN", options, ["dialect"])) {
      if (options.dialect !== undefined) {
        args.push("DIALECT", options.dialect);
      }
    }
    return this.send(args);
  }

  /** `FT.EXPLAINCLI index query [DIALECT dialect]`, since search-1.0.0. */
  ftExplaincli(index: Arg, query: Arg, options?: FtExplaincliOptions): Out<K, Array<S>> {
    const args: Arg[] = ["FT.EXPLAINCLI", index, query];
    if (given("FT.EXPLAINCLI", options, ["dialect"])) {
      if (options.dialect !== undefined) {
        args.push("DIALECT", options.dialect);
      }
    }
    return this.send(args);
  }

  /** `FT.HYBRID index SEARCH query VSIM field vector [argument [argument ...]]`, since search-8.4.0. */
  ftHybrid(index: Arg, query: Arg, field: Arg, vector: Arg, arguments_: Many): Out<K, Value<S>> {
    const args: Arg[] = ["FT.HYBRID", index, "SEARCH", query, "VSIM", field, vector];
    many(args, arguments_);
    return this.send(args);
  }

  /** `FT.INFO index`, since search-1.0.0. */
  ftInfo(index: Arg): Out<K, Map<S, Value<S>>> {
    return this.send(["FT.INFO", index]);
  }

  /** `FT.PROFILE index <SEARCH | HYBRID | AGGREGATE> [LIMITED] QUERY query [argument [argument ...]]`, since search-2.2.0. */
  ftProfile(index: Arg, profiledquery: ProfiledQuery, query: Arg, arguments_: Many, options?: FtProfileOptions): Out<K, Value<S>> {
    const args: Arg[] = ["FT.PROFILE", index, profiledquery];
    if (given("FT.PROFILE", options, ["limited"])) {
      if (options.limited) args.push("LIMITED");
    }
    args.push("QUERY", query);
    many(args, arguments_);
    return this.send(args);
  }

  /** `FT.SEARCH index query [NOCONTENT] [VERBATIM] [NOSTOPWORDS] [WITHSCORES] [WITHPAYLOADS] [WITHSORTKEYS] [FILTER numeric-field min max [FILTER numeric-field min max ...]] [GEOFILTER geo-field lon lat radius unit [GEOFILTER geo-field lon lat radius unit ...]] [INKEYS count key [key ...]] [INFIELDS count field [field ...]] [RETURN count property [property ...]] [SUMMARIZE argument [argument ...]] [HIGHLIGHT argument [argument ...]] [SLOP slop] [TIMEOUT timeout] [INORDER] [LANGUAGE language] [EXPANDER expander] [SCORER scorer] [EXPLAINSCORE] [PAYLOAD payload] [SORTBY sortby [ASC | DESC]] [LIMIT offset num] [PARAMS nargs name value [name value ...]] [DIALECT dialect]`, since search-1.0.0. */
  ftSearch(index: Arg, query: Arg, options?: FtSearchOptions): Out<K, Value<S>> {
    const args: Arg[] = ["FT.SEARCH", index, query];
    if (given("FT.SEARCH", options, ["nocontent", "verbatim", "nostopwords", "withscores", "withpayloads", "withsortkeys", "filter", "geofilter", "inkeys", "infields", "return", "summarize", "highlight", "slop", "timeout", "inorder", "language", "expander", "scorer", "explainscore", "payload", "sortby", "limit", "params", "dialect"])) {
      if (options.nocontent) args.push("NOCONTENT");
      if (options.verbatim) args.push("VERBATIM");
      if (options.nostopwords) args.push("NOSTOPWORDS");
      if (options.withscores) args.push("WITHSCORES");
      if (options.withpayloads) args.push("WITHPAYLOADS");
      if (options.withsortkeys) args.push("WITHSORTKEYS");
      for (const each of options.filter ?? []) {
        args.push("FILTER", each[0], each[1], each[2]);
      }
      for (const each of options.geofilter ?? []) {
        args.push("GEOFILTER", each[0], each[1], each[2], each[3], each[4]);
      }
      if (options.inkeys !== undefined) {
        args.push("INKEYS");
        counted(args, 1, options.inkeys);
      }
      if (options.infields !== undefined) {
        args.push("INFIELDS");
        counted(args, 1, options.infields);
      }
      if (options.return !== undefined) {
        args.push("RETURN");
        counted(args, 1, options.return);
      }
      if (options.summarize !== undefined) {
        args.push("SUMMARIZE");
        many(args, options.summarize);
      }
      if (options.highlight !== undefined) {
        args.push("HIGHLIGHT");
        many(args, options.highlight);
      }
      if (options.slop !== undefined) {
        args.push("SLOP", options.slop);
      }
      if (options.timeout !== undefined) {
        args.push("TIMEOUT", options.timeout);
      }
      if (options.inorder) args.push("INORDER");
      if (options.language !== undefined) {
        args.push("LANGUAGE", options.language);
      }
      if (options.expander !== undefined) {
        args.push("EXPANDER", options.expander);
      }
      if (options.scorer !== undefined) {
        args.push("SCORER", options.scorer);
      }
      if (options.explainscore) args.push("EXPLAINSCORE");
      if (options.payload !== undefined) {
        args.push("PAYLOAD", options.payload);
      }
      if (given("FT.SEARCH", options.sortby, ["sortby", ["asc", "desc"]])) {
        args.push("SORTBY", options.sortby.sortby);
        if (options.sortby.asc) args.push("ASC");
        if (options.sortby.desc) args.push("DESC");
      }
      if (given("FT.SEARCH", options.limit, ["offset", "num"])) {
        args.push("LIMIT", options.limit.offset, options.limit.num);
      }
      if (options.params !== undefined) {
        args.push("PARAMS");
        counted(args, 1, options.params);
      }
      if (options.dialect !== undefined) {
        args.push("DIALECT", options.dialect);
      }
    }
    return this.send(args);
  }

  /** `FT.SPELLCHECK index query [DISTANCE distance] [TERMS terms dictionary [TERMS terms dictionary ...]] [DIALECT dialect]`, since search-1.4.0. */
  ftSpellcheck(index: Arg, query: Arg, options?: FtSpellcheckOptions): Out<K, Value<S>> {
    const args: Arg[] = ["FT.SPELLCHECK", index, query];
    if (given("FT.SPELLCHECK", options, ["distance", "terms", "dialect"])) {
      if (options.distance !== undefined) {
        args.push("DISTANCE", options.distance);
      }
      for (const each of options.terms ?? []) {
        args.push("TERMS", each[0], each[1]);
      }
      if (options.dialect !== undefined) {
        args.push("DIALECT", options.dialect);
      }
    }
    return this.send(args);
  }

  /** `FT.SUGADD key string score [INCR] [PAYLOAD payload]`, since search-1.0.0. */
  ftSugadd(key: Arg, string: Arg, score: Int, options?: FtSugaddOptions): Out<K, number> {
    const args: Arg[] = ["FT.SUGADD", key, string, score];
    if (given("FT.SUGADD", options, ["incr", "payload"])) {
      if (options.incr) args.push("INCR");
      if (options.payload !== undefined) {
        args.push("PAYLOAD", options.payload);
      }
    }
    return this.send(args);
  }

  /** `FT.SUGDEL key string`, since search-1.0.0. */
  ftSugdel(key: Arg, string: Arg): Out<K, boolean> {
    return this.send(["FT.SUGDEL", key, string]);
  }

  /** `FT.SUGGET key prefix [FUZZY] [MAX max]`, since search-1.0.0. */
  ftSugget(key: Arg, prefix: Arg, options?: FtSuggetOptions): Out<K, Array<S> | null> {
    const args: Arg[] = ["FT.SUGGET", key, prefix];
    if (given("FT.SUGGET", options, ["fuzzy", "max"])) {
      if (options.fuzzy) args.push("FUZZY");
      if (options.max !== undefined) {
        args.push("MAX", options.max);
      }
    }
    return this.send(args);
  }

  /** `FT.SUGGET key prefix WITHSCORES [FUZZY] [MAX max]`, since search-1.0.0. */
  ftSuggetWithscores(key: Arg, prefix: Arg, options?: FtSuggetWithscoresOptions): Out<K, Array<S> | null> {
    const args: Arg[] = ["FT.SUGGET", key, prefix, "WITHSCORES"];
    if (given("FT.SUGGET", options, ["fuzzy", "max"])) {
      if (options.fuzzy) args.push("FUZZY");
      if (options.max !== undefined) {
        args.push("MAX", options.max);
      }
    }
    return this.send(args);
  }

  /** `FT.SUGLEN key`, since search-1.0.0. */
  ftSuglen(key: Arg): Out<K, number> {
    return this.send(["FT.SUGLEN", key]);
  }

  /** `FT.SYNDUMP index`, since search-1.2.0. */
  ftSyndump(index: Arg): Out<K, Map<S, Array<S>>> {
    return this.send(["FT.SYNDUMP", index]);
  }

  /** `FT.SYNUPDATE index synonym-group-id [SKIPINITIALSCAN] term [term ...]`, since search-1.2.0. */
  ftSynupdate(index: Arg, synonymGroupId: Arg, terms: Many, options?: FtSynupdateOptions): Out<K, "OK"> {
    const args: Arg[] = ["FT.SYNUPDATE", index, synonymGroupId];
    if (given("FT.SYNUPDATE", options, ["skipinitialscan"])) {
      if (options.skipinitialscan) args.push("SKIPINITIALSCAN");
    }
    many(args, terms);
    return this.send(args);
  }

  /** `FT.TAGVALS index field-name`, since search-1.0.0. */
  ftTagvals(index: Arg, fieldName: Arg): Out<K, Array<S>> {
    return this.send(["FT.TAGVALS", index, fieldName]);
  }

  /** `FT._LIST`, since search-2.0.0. */
  ftList(): Out<K, Array<S>> {
    return this.send(["FT._LIST"]);
  }

  /** `FUNCTION DELETE library-name`, since 7.0.0. */
  functionDelete(libraryName: Arg): Out<K, "OK"> {
    return this.send(["FUNCTION", "DELETE", libraryName]);
  }

  /** `FUNCTION DUMP`, since 7.0.0. */
  functionDump(): Out<K, S> {
    return this.send(["FUNCTION", "DUMP"]);
  }

  /** `FUNCTION FLUSH [ASYNC | SYNC]`, since 7.0.0. */
  functionFlush(options?: FunctionFlushOptions): Out<K, "OK"> {
    const args: Arg[] = ["FUNCTION", "FLUSH"];
    if (given("FUNCTION FLUSH", options, [["async", "sync"]])) {
      if (options.async) args.push("ASYNC");
      if (options.sync) args.push("SYNC");
    }
    return this.send(args);
  }

  /** `FUNCTION HELP`, since 7.0.0. */
  functionHelp(): Out<K, Array<S>> {
    return this.send(["FUNCTION", "HELP"]);
  }

  /** `FUNCTION KILL`, since 7.0.0. */
  functionKill(): Out<K, "OK"> {
    return this.send(["FUNCTION", "KILL"]);
  }

  /** `FUNCTION LIST [LIBRARYNAME library-name-pattern] [WITHCODE]`, since 7.0.0. */
  functionList(options?: FunctionListOptions): Out<K, Array<Fields<S, { "library_name": S; "engine": S; "functions": Array<Fields<S, { "name": S; "description": null | S; "flags": Array<S> }>>; "library_code": S | undefined }>>> {
    const args: Arg[] = ["FUNCTION", "LIST"];
    if (given("FUNCTION LIST", options, ["libraryname", "withcode"])) {
      if (options.libraryname !== undefined) {
        args.push("LIBRARYNAME", options.libraryname);
      }
      if (options.withcode) args.push("WITHCODE");
    }
    return this.send(args);
  }

  /** `FUNCTION LOAD [REPLACE] function-code`, since 7.0.0. */
  functionLoad(functionCode: Arg, options?: FunctionLoadOptions): Out<K, S> {
    const args: Arg[] = ["FUNCTION", "LOAD"];
    if (given("FUNCTION LOAD", options, ["replace"])) {
      if (options.replace) args.push("REPLACE");
    }
    args.push(functionCode);
    return this.send(args);
  }

  /** `FUNCTION RESTORE serialized-value [FLUSH | APPEND | REPLACE]`, since 7.0.0. */
  functionRestore(serializedValue: Arg, options?: FunctionRestoreOptions): Out<K, "OK"> {
    const args: Arg[] = ["FUNCTION", "RESTORE", serializedValue];
    if (given("FUNCTION RESTORE", options, [["flush", "append", "replace"]])) {
      if (options.flush) args.push("FLUSH");
      if (options.append) args.push("APPEND");
      if (options.replace) args.push("REPLACE");
    }
    return this.send(args);
  }

  /** `FUNCTION STATS`, since 7.0.0. */
  functionStats(): Out<K, PerNode<Fields<S, { "running_script": null | Fields<S, { "name": S; "command": Array<S>; "duration_ms": number }>; "engines": Map<S, Fields<S, { "libraries_count": number; "functions_count": number }>> }>>> {
    return this.send(["FUNCTION", "STATS"]);
  }

  /** `GEOADD key [NX | XX] [CH] longitude latitude member [longitude latitude member ...]`, since 3.2.0. */
  geoadd(key: Arg, groups_: Iterable<readonly Arg[]>, options?: GeoaddOptions): Out<K, number> {
    const args: Arg[] = ["GEOADD", key];
    if (given("GEOADD", options, [["nx", "xx"], "ch"])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.ch) args.push("CH");
    }
    groups(args, 3, groups_);
    return this.send(args);
  }

  /** `GEODIST key member1 member2 [unit]`, since 3.2.0. */
  geodist(key: Arg, member1: Arg, member2: Arg, unit?: GeoUnit): Out<K, number | null> {
    const args: Arg[] = ["GEODIST", key, member1, member2];
    if (unit !== undefined) {
      args.push(unit);
    }
    return this.send(args);
  }

  /** `GEOHASH key [member [member ...]]`, since 3.2.0. */
  geohash(key: Arg, members: Many): Out<K, Array<S | null>> {
    const args: Arg[] = ["GEOHASH", key];
    many(args, members);
    return this.send(args);
  }

  /** `GEOPOS key [member [member ...]]`, since 3.2.0. */
  geopos(key: Arg, members: Many): Out<K, Array<null | [number, number]>> {
    const args: Arg[] = ["GEOPOS", key];
    many(args, members);
    return this.send(args);
  }

  /** `GEORADIUS key longitude latitude radius <m | km | ft | mi> [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]`, since 3.2.0. */
  georadius(key: Arg, longitude: Int, latitude: Int, radius: Int, geounit: GeoUnit): Out<K, Array<S>>;
  georadius(key: Arg, longitude: Int, latitude: Int, radius: Int, geounit: GeoUnit, options: GeoradiusOptions): Out<K, Array<GeoMatch<S>>>;
  georadius(key: Arg, longitude: Int, latitude: Int, radius: Int, geounit: GeoUnit, options?: GeoradiusOptions): unknown {
    const args: Arg[] = ["GEORADIUS", key, longitude, latitude, radius, geounit];
    if (given("GEORADIUS", options, ["withcoord", "withdist", "withhash", "count", ["asc", "desc"]])) {
      if (options.withcoord) args.push("WITHCOORD");
      if (options.withdist) args.push("WITHDIST");
      if (options.withhash) args.push("WITHHASH");
      if (given("GEORADIUS", options.count, ["count", "any"])) {
        args.push("COUNT", options.count.count);
        if (options.count.any) args.push("ANY");
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
    }
    return this.send(args);
  }

  /** `GEORADIUS key longitude latitude radius <m | km | ft | mi> [COUNT count [ANY]] [ASC | DESC] STORE storekey`, since 3.2.0. */
  georadiusStore(key: Arg, longitude: Int, latitude: Int, radius: Int, geounit: GeoUnit, storekey: Arg, options?: GeoradiusStoreOptions): Out<K, number> {
    const args: Arg[] = ["GEORADIUS", key, longitude, latitude, radius, geounit];
    if (given("GEORADIUS", options, ["count", ["asc", "desc"]])) {
      if (given("GEORADIUS", options.count, ["count", "any"])) {
        args.push("COUNT", options.count.count);
        if (options.count.any) args.push("ANY");
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
    }
    args.push("STORE", storekey);
    return this.send(args);
  }

  /** `GEORADIUS key longitude latitude radius <m | km | ft | mi> [COUNT count [ANY]] [ASC | DESC] STOREDIST storedistkey`, since 3.2.0. */
  georadiusStoredist(key: Arg, longitude: Int, latitude: Int, radius: Int, geounit: GeoUnit, storedistkey: Arg, options?: GeoradiusStoredistOptions): Out<K, number> {
    const args: Arg[] = ["GEORADIUS", key, longitude, latitude, radius, geounit];
    if (given("GEORADIUS", options, ["count", ["asc", "desc"]])) {
      if (given("GEORADIUS", options.count, ["count", "any"])) {
        args.push("COUNT", options.count.count);
        if (options.count.any) args.push("ANY");
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
    }
    args.push("STOREDIST", storedistkey);
    return this.send(args);
  }

  /** `GEORADIUSBYMEMBER key member radius <m | km | ft | mi> [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]`, since 3.2.0. */
  georadiusbymember(key: Arg, member: Arg, radius: Int, geounit: GeoUnit): Out<K, Array<S>>;
  georadiusbymember(key: Arg, member: Arg, radius: Int, geounit: GeoUnit, options: GeoradiusbymemberOptions): Out<K, Array<GeoMatch<S>>>;
  georadiusbymember(key: Arg, member: Arg, radius: Int, geounit: GeoUnit, options?: GeoradiusbymemberOptions): unknown {
    const args: Arg[] = ["GEORADIUSBYMEMBER", key, member, radius, geounit];
    if (given("GEORADIUSBYMEMBER", options, ["withcoord", "withdist", "withhash", "count", ["asc", "desc"]])) {
      if (options.withcoord) args.push("WITHCOORD");
      if (options.withdist) args.push("WITHDIST");
      if (options.withhash) args.push("WITHHASH");
      if (given("GEORADIUSBYMEMBER", options.count, ["count", "any"])) {
        args.push("COUNT", options.count.count);
        if (options.count.any) args.push("ANY");
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
    }
    return this.send(args);
  }

  /** `GEORADIUSBYMEMBER key member radius <m | km | ft | mi> [COUNT count [ANY]] [ASC | DESC] STORE storekey`, since 3.2.0. */
  georadiusbymemberStore(key: Arg, member: Arg, radius: Int, geounit: GeoUnit, storekey: Arg, options?: GeoradiusbymemberStoreOptions): Out<K, number> {
    const args: Arg[] = ["GEORADIUSBYMEMBER", key, member, radius, geounit];
    if (given("GEORADIUSBYMEMBER", options, ["count", ["asc", "desc"]])) {
      if (given("GEORADIUSBYMEMBER", options.count, ["count", "any"])) {
        args.push("COUNT", options.count.count);
        if (options.count.any) args.push("ANY");
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
    }
    args.push("STORE", storekey);
    return this.send(args);
  }

  /** `GEORADIUSBYMEMBER key member radius <m | km | ft | mi> [COUNT count [ANY]] [ASC | DESC] STOREDIST storedistkey`, since 3.2.0. */
  georadiusbymemberStoredist(key: Arg, member: Arg, radius: Int, geounit: GeoUnit, storedistkey: Arg, options?: GeoradiusbymemberStoredistOptions): Out<K, number> {
    const args: Arg[] = ["GEORADIUSBYMEMBER", key, member, radius, geounit];
    if (given("GEORADIUSBYMEMBER", options, ["count", ["asc", "desc"]])) {
      if (given("GEORADIUSBYMEMBER", options.count, ["count", "any"])) {
        args.push("COUNT", options.count.count);
        if (options.count.any) args.push("ANY");
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
    }
    args.push("STOREDIST", storedistkey);
    return this.send(args);
  }

  /** `GEORADIUSBYMEMBER_RO key member radius <m | km | ft | mi> [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]`, since 3.2.10. */
  georadiusbymemberRo(key: Arg, member: Arg, radius: Int, geounit: GeoUnit): Out<K, Array<S>>;
  georadiusbymemberRo(key: Arg, member: Arg, radius: Int, geounit: GeoUnit, options: GeoradiusbymemberRoOptions): Out<K, Array<GeoMatch<S>>>;
  georadiusbymemberRo(key: Arg, member: Arg, radius: Int, geounit: GeoUnit, options?: GeoradiusbymemberRoOptions): unknown {
    const args: Arg[] = ["GEORADIUSBYMEMBER_RO", key, member, radius, geounit];
    if (given("GEORADIUSBYMEMBER_RO", options, ["withcoord", "withdist", "withhash", "count", ["asc", "desc"]])) {
      if (options.withcoord) args.push("WITHCOORD");
      if (options.withdist) args.push("WITHDIST");
      if (options.withhash) args.push("WITHHASH");
      if (given("GEORADIUSBYMEMBER_RO", options.count, ["count", "any"])) {
        args.push("COUNT", options.count.count);
        if (options.count.any) args.push("ANY");
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
    }
    return this.send(args);
  }

  /** `GEORADIUS_RO key longitude latitude radius <m | km | ft | mi> [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]`, since 3.2.10. */
  georadiusRo(key: Arg, longitude: Int, latitude: Int, radius: Int, geounit: GeoUnit): Out<K, Array<S>>;
  georadiusRo(key: Arg, longitude: Int, latitude: Int, radius: Int, geounit: GeoUnit, options: GeoradiusRoOptions): Out<K, Array<GeoMatch<S>>>;
  georadiusRo(key: Arg, longitude: Int, latitude: Int, radius: Int, geounit: GeoUnit, options?: GeoradiusRoOptions): unknown {
    const args: Arg[] = ["GEORADIUS_RO", key, longitude, latitude, radius, geounit];
    if (given("GEORADIUS_RO", options, ["withcoord", "withdist", "withhash", "count", ["asc", "desc"]])) {
      if (options.withcoord) args.push("WITHCOORD");
      if (options.withdist) args.push("WITHDIST");
      if (options.withhash) args.push("WITHHASH");
      if (given("GEORADIUS_RO", options.count, ["count", "any"])) {
        args.push("COUNT", options.count.count);
        if (options.count.any) args.push("ANY");
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
    }
    return this.send(args);
  }

  /** `GEOSEARCH key from by [ASC | DESC] [COUNT count [ANY]] [WITHCOORD] [WITHDIST] [WITHHASH]`, since 6.2.0. */
  geosearch(key: Arg, from: GeoOrigin, by: GeoShape): Out<K, Array<S>>;
  geosearch(key: Arg, from: GeoOrigin, by: GeoShape, options: GeosearchOptions): Out<K, Array<GeoMatch<S>>>;
  geosearch(key: Arg, from: GeoOrigin, by: GeoShape, options?: GeosearchOptions): unknown {
    const args: Arg[] = ["GEOSEARCH", key];
    geoOrigin(args, from);
    geoShape(args, by);
    if (given("GEOSEARCH", options, [["asc", "desc"], "count", "withcoord", "withdist", "withhash"])) {
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
      if (given("GEOSEARCH", options.count, ["count", "any"])) {
        args.push("COUNT", options.count.count);
        if (options.count.any) args.push("ANY");
      }
      if (options.withcoord) args.push("WITHCOORD");
      if (options.withdist) args.push("WITHDIST");
      if (options.withhash) args.push("WITHHASH");
    }
    return this.send(args);
  }

  /** `GEOSEARCHSTORE destination source from by [ASC | DESC] [COUNT count [ANY]] [STOREDIST]`, since 6.2.0. */
  geosearchstore(destination: Arg, source: Arg, from: GeoOrigin, by: GeoShape, options?: GeosearchstoreOptions): Out<K, number> {
    const args: Arg[] = ["GEOSEARCHSTORE", destination, source];
    geoOrigin(args, from);
    geoShape(args, by);
    if (given("GEOSEARCHSTORE", options, [["asc", "desc"], "count", "storedist"])) {
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
      if (given("GEOSEARCHSTORE", options.count, ["count", "any"])) {
        args.push("COUNT", options.count.count);
        if (options.count.any) args.push("ANY");
      }
      if (options.storedist) args.push("STOREDIST");
    }
    return this.send(args);
  }

  /** `GET key`, since 1.0.0. */
  get(key: Arg): Out<K, S | null> {
    return this.send(["GET", key]);
  }

  /** `GETBIT key offset`, since 2.2.0. */
  getbit(key: Arg, offset: Int): Out<K, 0 | 1> {
    return this.send(["GETBIT", key, offset]);
  }

  /** `GETDEL key`, since 6.2.0. */
  getdel(key: Arg): Out<K, S | null> {
    return this.send(["GETDEL", key]);
  }

  /** `GETEX key [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST]`, since 6.2.0. */
  getex(key: Arg, options?: GetexOptions): Out<K, S | null> {
    const args: Arg[] = ["GETEX", key];
    if (given("GETEX", options, [["ex", "px", "exat", "pxat", "persist"]])) {
      if (options.ex !== undefined) {
        args.push("EX", options.ex);
      }
      if (options.px !== undefined) {
        args.push("PX", options.px);
      }
      if (options.exat !== undefined) {
        args.push("EXAT", options.exat);
      }
      if (options.pxat !== undefined) {
        args.push("PXAT", options.pxat);
      }
      if (options.persist) args.push("PERSIST");
    }
    return this.send(args);
  }

  /** `GETRANGE key start end`, since 2.4.0. */
  getrange(key: Arg, start: Int, end: Int): Out<K, S> {
    return this.send(["GETRANGE", key, start, end]);
  }

  /** `GETSET key value`, since 1.0.0. */
  getset(key: Arg, value: Arg): Out<K, S | null> {
    return this.send(["GETSET", key, value]);
  }

  /** `HDEL key field [field ...]`, since 2.0.0. */
  hdel(key: Arg, fields: Many): Out<K, number> {
    const args: Arg[] = ["HDEL", key];
    many(args, fields);
    return this.send(args);
  }

  /** `HEXISTS key field`, since 2.0.0. */
  hexists(key: Arg, field: Arg): Out<K, boolean> {
    return this.send(["HEXISTS", key, field]);
  }

  /** `HEXPIRE key seconds [NX | XX | GT | LT] FIELDS numfields field [field ...]`, since redis-7.4.0. */
  hexpire(key: Arg, seconds: Int, fields: Many, options?: HexpireOptions): Out<K, Array<number>> {
    const args: Arg[] = ["HEXPIRE", key, seconds];
    if (given("HEXPIRE", options, [["nx", "xx", "gt", "lt"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.gt) args.push("GT");
      if (options.lt) args.push("LT");
    }
    args.push("FIELDS");
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HEXPIREAT key unix-time-seconds [NX | XX | GT | LT] FIELDS numfields field [field ...]`, since redis-7.4.0. */
  hexpireat(key: Arg, unixTimeSeconds: Int, fields: Many, options?: HexpireatOptions): Out<K, Array<number>> {
    const args: Arg[] = ["HEXPIREAT", key, unixTimeSeconds];
    if (given("HEXPIREAT", options, [["nx", "xx", "gt", "lt"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.gt) args.push("GT");
      if (options.lt) args.push("LT");
    }
    args.push("FIELDS");
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HEXPIRETIME key FIELDS numfields field [field ...]`, since redis-7.4.0. */
  hexpiretime(key: Arg, fields: Many): Out<K, Array<number>> {
    const args: Arg[] = ["HEXPIRETIME", key, "FIELDS"];
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HGET key field`, since 2.0.0. */
  hget(key: Arg, field: Arg): Out<K, S | null> {
    return this.send(["HGET", key, field]);
  }

  /** `HGETALL key`, since 2.0.0. */
  hgetall(key: Arg): Out<K, Map<S, S>> {
    return this.send(["HGETALL", key]);
  }

  /** `HGETDEL key FIELDS numfields field [field ...]`, since redis-8.0.0. */
  hgetdel(key: Arg, fields: Many): Out<K, Array<S | null>> {
    const args: Arg[] = ["HGETDEL", key, "FIELDS"];
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HGETEX key [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST] FIELDS numfields field [field ...]`, since redis-8.0.0. */
  hgetex(key: Arg, fields: Many, options?: HgetexOptions): Out<K, Array<S | null>> {
    const args: Arg[] = ["HGETEX", key];
    if (given("HGETEX", options, [["ex", "px", "exat", "pxat", "persist"]])) {
      if (options.ex !== undefined) {
        args.push("EX", options.ex);
      }
      if (options.px !== undefined) {
        args.push("PX", options.px);
      }
      if (options.exat !== undefined) {
        args.push("EXAT", options.exat);
      }
      if (options.pxat !== undefined) {
        args.push("PXAT", options.pxat);
      }
      if (options.persist) args.push("PERSIST");
    }
    args.push("FIELDS");
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HIMPORT DISCARD fieldset-name`, since redis-8.10.0. */
  himportDiscard(fieldsetName: Arg): Out<K, 0 | 1> {
    return this.send(["HIMPORT", "DISCARD", fieldsetName]);
  }

  /** `HIMPORT DISCARDALL`, since redis-8.10.0. */
  himportDiscardall(): Out<K, number> {
    return this.send(["HIMPORT", "DISCARDALL"]);
  }

  /** `HIMPORT PREPARE fieldset-name field [field ...]`, since redis-8.10.0. */
  himportPrepare(fieldsetName: Arg, fields: Many): Out<K, "OK"> {
    const args: Arg[] = ["HIMPORT", "PREPARE", fieldsetName];
    many(args, fields);
    return this.send(args);
  }

  /** `HIMPORT SET key fieldset-name value [value ...]`, since redis-8.10.0. */
  himportSet(key: Arg, fieldsetName: Arg, values: Many): Out<K, "OK"> {
    const args: Arg[] = ["HIMPORT", "SET", key, fieldsetName];
    many(args, values);
    return this.send(args);
  }

  /** `HINCRBY key field increment`, since 2.0.0. */
  hincrby(key: Arg, field: Arg, increment: Int): Out<K, number | bigint> {
    return this.send(["HINCRBY", key, field, increment]);
  }

  /** `HINCRBYFLOAT key field increment`, since 2.6.0. */
  hincrbyfloat(key: Arg, field: Arg, increment: Int): Out<K, number> {
    return this.send(["HINCRBYFLOAT", key, field, increment]);
  }

  /** `HKEYS key`, since 2.0.0. */
  hkeys(key: Arg): Out<K, Array<S>> {
    return this.send(["HKEYS", key]);
  }

  /** `HLEN key`, since 2.0.0. */
  hlen(key: Arg): Out<K, number> {
    return this.send(["HLEN", key]);
  }

  /** `HMGET key field [field ...]`, since 2.0.0. */
  hmget(key: Arg, fields: Many): Out<K, Array<S | null>> {
    const args: Arg[] = ["HMGET", key];
    many(args, fields);
    return this.send(args);
  }

  /** `HMSET key field value [field value ...]`, since 2.0.0. */
  hmset(key: Arg, pairs: Pairs): Out<K, "OK"> {
    const args: Arg[] = ["HMSET", key];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `HOTKEYS GET`, since redis-8.6.0. */
  hotkeysGet(): Out<K, PerNode<Array<Map<S, Value<S>>> | null>> {
    return this.send(["HOTKEYS", "GET"]);
  }

  /** `HOTKEYS HELP`, since redis-8.6.1. */
  hotkeysHelp(): Out<K, Array<S>> {
    return this.send(["HOTKEYS", "HELP"]);
  }

  /** `HOTKEYS RESET`, since redis-8.6.0. */
  hotkeysReset(): Out<K, "OK"> {
    return this.send(["HOTKEYS", "RESET"]);
  }

  /** `HOTKEYS START METRICS count metric [metric ...] [COUNT k] [DURATION seconds] [SAMPLE ratio] [SLOTS count slot [slot ...]]`, since redis-8.6.0. */
  hotkeysStart(metrics: Many, options?: HotkeysStartOptions): Out<K, "OK"> {
    const args: Arg[] = ["HOTKEYS", "START", "METRICS"];
    counted(args, 1, metrics);
    if (given("HOTKEYS START", options, ["count", "duration", "sample", "slots"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (options.duration !== undefined) {
        args.push("DURATION", options.duration);
      }
      if (options.sample !== undefined) {
        args.push("SAMPLE", options.sample);
      }
      if (options.slots !== undefined) {
        args.push("SLOTS");
        counted(args, 1, options.slots);
      }
    }
    return this.send(args);
  }

  /** `HOTKEYS STOP`, since redis-8.6.0. */
  hotkeysStop(): Out<K, "OK"> {
    return this.send(["HOTKEYS", "STOP"]);
  }

  /** `HPERSIST key FIELDS numfields field [field ...]`, since redis-7.4.0. */
  hpersist(key: Arg, fields: Many): Out<K, Array<number>> {
    const args: Arg[] = ["HPERSIST", key, "FIELDS"];
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HPEXPIRE key milliseconds [NX | XX | GT | LT] FIELDS numfields field [field ...]`, since redis-7.4.0. */
  hpexpire(key: Arg, milliseconds: Int, fields: Many, options?: HpexpireOptions): Out<K, Array<number>> {
    const args: Arg[] = ["HPEXPIRE", key, milliseconds];
    if (given("HPEXPIRE", options, [["nx", "xx", "gt", "lt"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.gt) args.push("GT");
      if (options.lt) args.push("LT");
    }
    args.push("FIELDS");
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HPEXPIREAT key unix-time-milliseconds [NX | XX | GT | LT] FIELDS numfields field [field ...]`, since redis-7.4.0. */
  hpexpireat(key: Arg, unixTimeMilliseconds: Int, fields: Many, options?: HpexpireatOptions): Out<K, Array<number>> {
    const args: Arg[] = ["HPEXPIREAT", key, unixTimeMilliseconds];
    if (given("HPEXPIREAT", options, [["nx", "xx", "gt", "lt"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.gt) args.push("GT");
      if (options.lt) args.push("LT");
    }
    args.push("FIELDS");
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HPEXPIRETIME key FIELDS numfields field [field ...]`, since redis-7.4.0. */
  hpexpiretime(key: Arg, fields: Many): Out<K, Array<number>> {
    const args: Arg[] = ["HPEXPIRETIME", key, "FIELDS"];
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HPTTL key FIELDS numfields field [field ...]`, since redis-7.4.0. */
  hpttl(key: Arg, fields: Many): Out<K, Array<number>> {
    const args: Arg[] = ["HPTTL", key, "FIELDS"];
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HRANDFIELD key`, since 6.2.0. */
  hrandfield(key: Arg): Out<K, S | null> {
    return this.send(["HRANDFIELD", key]);
  }

  /** `HRANDFIELD key count`, since 6.2.0. */
  hrandfieldCount(key: Arg, count: Int): Out<K, Array<S>> {
    return this.send(["HRANDFIELD", key, count]);
  }

  /** `HRANDFIELD key count WITHVALUES`, since 6.2.0. */
  hrandfieldWithvalues(key: Arg, count: Int): Out<K, Array<[S, S]>> {
    return this.send(["HRANDFIELD", key, count, "WITHVALUES"]);
  }

  /** `HSCAN key cursor [MATCH pattern] [COUNT count]`, since 2.8.0. */
  hscan(key: Arg, cursor: Int, options?: HscanOptions): Out<K, ScanPage<S>> {
    const args: Arg[] = ["HSCAN", key, cursor];
    if (given("HSCAN", options, ["match", "count"])) {
      if (options.match !== undefined) {
        args.push("MATCH", options.match);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `HSCAN key cursor [MATCH pattern] [COUNT count] NOVALUES`, since 2.8.0. */
  hscanNovalues(key: Arg, cursor: Int, options?: HscanNovaluesOptions): Out<K, ScanPage<S>> {
    const args: Arg[] = ["HSCAN", key, cursor];
    if (given("HSCAN", options, ["match", "count"])) {
      if (options.match !== undefined) {
        args.push("MATCH", options.match);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    args.push("NOVALUES");
    return this.send(args);
  }

  /** `HSET key field value [field value ...]`, since 2.0.0. */
  hset(key: Arg, pairs: Pairs): Out<K, number> {
    const args: Arg[] = ["HSET", key];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `HSETEX key [FNX | FXX] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL] FIELDS numfields field value [field value ...]`, since redis-8.0.0. */
  hsetex(key: Arg, pairs: Pairs, options?: HsetexOptions): Out<K, boolean> {
    const args: Arg[] = ["HSETEX", key];
    if (given("HSETEX", options, [["fnx", "fxx"], ["ex", "px", "exat", "pxat", "keepttl"]])) {
      if (options.fnx) args.push("FNX");
      if (options.fxx) args.push("FXX");
      if (options.ex !== undefined) {
        args.push("EX", options.ex);
      }
      if (options.px !== undefined) {
        args.push("PX", options.px);
      }
      if (options.exat !== undefined) {
        args.push("EXAT", options.exat);
      }
      if (options.pxat !== undefined) {
        args.push("PXAT", options.pxat);
      }
      if (options.keepttl) args.push("KEEPTTL");
    }
    args.push("FIELDS");
    counted(args, 2, pairs);
    return this.send(args);
  }

  /** `HSETNX key field value`, since 2.0.0. */
  hsetnx(key: Arg, field: Arg, value: Arg): Out<K, boolean> {
    return this.send(["HSETNX", key, field, value]);
  }

  /** `HSTRLEN key field`, since 3.2.0. */
  hstrlen(key: Arg, field: Arg): Out<K, number> {
    return this.send(["HSTRLEN", key, field]);
  }

  /** `HTTL key FIELDS numfields field [field ...]`, since redis-7.4.0. */
  httl(key: Arg, fields: Many): Out<K, Array<number>> {
    const args: Arg[] = ["HTTL", key, "FIELDS"];
    counted(args, 1, fields);
    return this.send(args);
  }

  /** `HVALS key`, since 2.0.0. */
  hvals(key: Arg): Out<K, Array<S>> {
    return this.send(["HVALS", key]);
  }

  /** `INCR key`, since 1.0.0. */
  incr(key: Arg): Out<K, number | bigint> {
    return this.send(["INCR", key]);
  }

  /** `INCRBY key increment`, since 1.0.0. */
  incrby(key: Arg, increment: Int): Out<K, number | bigint> {
    return this.send(["INCRBY", key, increment]);
  }

  /** `INCRBYFLOAT key increment`, since 2.6.0. */
  incrbyfloat(key: Arg, increment: Int): Out<K, number> {
    return this.send(["INCRBYFLOAT", key, increment]);
  }

  /** `INCREX key [BYFLOAT float | BYINT integer] [SATURATE] [LBOUND lowerbound] [UBOUND upperbound] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST] [ENX]`, since redis-8.8.0. */
  increx(key: Arg, options?: IncrexOptions): Out<K, [number, number]> {
    const args: Arg[] = ["INCREX", key];
    if (given("INCREX", options, [["byfloat", "byint"], "saturate", "lbound", "ubound", ["ex", "px", "exat", "pxat", "persist"], "enx"])) {
      if (options.byfloat !== undefined) {
        args.push("BYFLOAT", options.byfloat);
      }
      if (options.byint !== undefined) {
        args.push("BYINT", options.byint);
      }
      if (options.saturate) args.push("SATURATE");
      if (options.lbound !== undefined) {
        args.push("LBOUND", options.lbound);
      }
      if (options.ubound !== undefined) {
        args.push("UBOUND", options.ubound);
      }
      if (options.ex !== undefined) {
        args.push("EX", options.ex);
      }
      if (options.px !== undefined) {
        args.push("PX", options.px);
      }
      if (options.exat !== undefined) {
        args.push("EXAT", options.exat);
      }
      if (options.pxat !== undefined) {
        args.push("PXAT", options.pxat);
      }
      if (options.persist) args.push("PERSIST");
      if (options.enx) args.push("ENX");
    }
    return this.send(args);
  }

  /** `INFO [section [section ...]]`, since 1.0.0. */
  info(sections?: Many): Out<K, PerNode<Info<S>>> {
    const args: Arg[] = ["INFO"];
    if (sections !== undefined) {
      many(args, sections);
    }
    return this.send(args);
  }

  /** `JSON.ARRAPPEND key path value [value ...]`, since json-1.0.0. */
  jsonArrappend(key: Arg, path: Arg, values: Many): Out<K, OneOrMany<number | null>> {
    const args: Arg[] = ["JSON.ARRAPPEND", key, path];
    many(args, values);
    return this.send(args);
  }

  /** `JSON.ARRINDEX key path value [start [stop]]`, since json-1.0.0. */
  jsonArrindex(key: Arg, path: Arg, value: Arg, start?: Int, stop?: Int): Out<K, OneOrMany<number | null>> {
    const args: Arg[] = ["JSON.ARRINDEX", key, path, value];
    if (start !== undefined) {
      args.push(start);
      if (start !== undefined) {
        args.push((stop as Int));
      }
    }
    return this.send(args);
  }

  /** `JSON.ARRINSERT key path index value [value ...]`, since json-1.0.0. */
  jsonArrinsert(key: Arg, path: Arg, index: Int, values: Many): Out<K, OneOrMany<number | null>> {
    const args: Arg[] = ["JSON.ARRINSERT", key, path, index];
    many(args, values);
    return this.send(args);
  }

  /** `JSON.ARRLEN key [path]`, since json-1.0.0. */
  jsonArrlen(key: Arg, path?: Arg): Out<K, OneOrMany<number | null>> {
    const args: Arg[] = ["JSON.ARRLEN", key];
    if (path !== undefined) {
      args.push(path);
    }
    return this.send(args);
  }

  /** `JSON.ARRPOP key [path [index]]`, since json-1.0.0. */
  jsonArrpop(key: Arg, path?: Arg, index?: Int): Out<K, OneOrMany<S | null>> {
    const args: Arg[] = ["JSON.ARRPOP", key];
    if (path !== undefined) {
      args.push(path);
      if (path !== undefined) {
        args.push((index as Int));
      }
    }
    return this.send(args);
  }

  /** `JSON.ARRTRIM key path start stop`, since json-1.0.0. */
  jsonArrtrim(key: Arg, path: Arg, start: Int, stop: Int): Out<K, OneOrMany<number | null>> {
    return this.send(["JSON.ARRTRIM", key, path, start, stop]);
  }

  /** `JSON.CLEAR key [path]`, since json-2.0.0. */
  jsonClear(key: Arg, path?: Arg): Out<K, number> {
    const args: Arg[] = ["JSON.CLEAR", key];
    if (path !== undefined) {
      args.push(path);
    }
    return this.send(args);
  }

  /** `JSON.DEBUG HELP`, since json-1.0.0. */
  jsonDebugHelp(): Out<K, Array<S>> {
    return this.send(["JSON.DEBUG", "HELP"]);
  }

  /** `JSON.DEBUG MEMORY key [path]`, since json-1.0.0. */
  jsonDebugMemory(key: Arg, path?: Arg): Out<K, OneOrMany<number>> {
    const args: Arg[] = ["JSON.DEBUG", "MEMORY", key];
    if (path !== undefined) {
      args.push(path);
    }
    return this.send(args);
  }

  /** `JSON.DEL key [path]`, since json-1.0.0. */
  jsonDel(key: Arg, path?: Arg): Out<K, number> {
    const args: Arg[] = ["JSON.DEL", key];
    if (path !== undefined) {
      args.push(path);
    }
    return this.send(args);
  }

  /** `JSON.FORGET key [path]`, since json-1.0.0. */
  jsonForget(key: Arg, path?: Arg): Out<K, number> {
    const args: Arg[] = ["JSON.FORGET", key];
    if (path !== undefined) {
      args.push(path);
    }
    return this.send(args);
  }

  /** `JSON.GET key [INDENT indent] [NEWLINE newline] [SPACE space] [path [path ...]]`, since json-1.0.0. */
  jsonGet(key: Arg, paths: Many, options?: JsonGetOptions): Out<K, S | null> {
    const args: Arg[] = ["JSON.GET", key];
    if (given("JSON.GET", options, ["indent", "newline", "space"])) {
      if (options.indent !== undefined) {
        args.push("INDENT", options.indent);
      }
      if (options.newline !== undefined) {
        args.push("NEWLINE", options.newline);
      }
      if (options.space !== undefined) {
        args.push("SPACE", options.space);
      }
    }
    many(args, paths);
    return this.send(args);
  }

  /** `JSON.MERGE key path value`, since json-2.6.0. */
  jsonMerge(key: Arg, path: Arg, value: Arg): Out<K, "OK"> {
    return this.send(["JSON.MERGE", key, path, value]);
  }

  /** `JSON.MGET key [key ...] path`, since json-1.0.0. */
  jsonMget(keys: Many, path: Arg): Out<K, Array<S | null>> {
    const args: Arg[] = ["JSON.MGET"];
    many(args, keys);
    args.push(path);
    return this.send(args);
  }

  /** `JSON.MSET key path value [key path value ...]`, since json-2.6.0. */
  jsonMset(groups_: Iterable<readonly Arg[]>): Out<K, "OK"> {
    const args: Arg[] = ["JSON.MSET"];
    groups(args, 3, groups_);
    return this.send(args);
  }

  /** `JSON.NUMINCRBY key path value`, since json-1.0.0. */
  jsonNumincrby(key: Arg, path: Arg, value: Int): Out<K, S | null | Array<number | null>> {
    return this.send(["JSON.NUMINCRBY", key, path, value]);
  }

  /** `JSON.NUMMULTBY key path value`, since json-1.0.0. */
  jsonNummultby(key: Arg, path: Arg, value: Int): Out<K, S | null | Array<number | null>> {
    return this.send(["JSON.NUMMULTBY", key, path, value]);
  }

  /** `JSON.NUMPOWBY key path value`, since json-8.8.0. */
  jsonNumpowby(key: Arg, path: Arg, value: Int): Out<K, S | null | Array<number | null>> {
    return this.send(["JSON.NUMPOWBY", key, path, value]);
  }

  /** `JSON.OBJKEYS key [path]`, since json-1.0.0. */
  jsonObjkeys(key: Arg, path?: Arg): Out<K, null | Array<S> | Array<Array<S> | null>> {
    const args: Arg[] = ["JSON.OBJKEYS", key];
    if (path !== undefined) {
      args.push(path);
    }
    return this.send(args);
  }

  /** `JSON.OBJLEN key [path]`, since json-1.0.0. */
  jsonObjlen(key: Arg, path?: Arg): Out<K, OneOrMany<number | null>> {
    const args: Arg[] = ["JSON.OBJLEN", key];
    if (path !== undefined) {
      args.push(path);
    }
    return this.send(args);
  }

  /** `JSON.RESP key [path]`, since json-1.0.0. */
  jsonResp(key: Arg, path?: Arg): Out<K, Value<S>> {
    const args: Arg[] = ["JSON.RESP", key];
    if (path !== undefined) {
      args.push(path);
    }
    return this.send(args);
  }

  /** `JSON.SET key path value [NX | XX] [FPHA <FP16 | BF16 | FP32 | FP64>]`, since json-1.0.0. */
  jsonSet(key: Arg, path: Arg, value: Arg, options?: JsonSetOptions): Out<K, "OK" | null> {
    const args: Arg[] = ["JSON.SET", key, path, value];
    if (given("JSON.SET", options, [["nx", "xx"], ["fphaFp16", "fphaBf16", "fphaFp32", "fphaFp64"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.fphaFp16) args.push("FPHA", "FP16");
      if (options.fphaBf16) args.push("FPHA", "BF16");
      if (options.fphaFp32) args.push("FPHA", "FP32");
      if (options.fphaFp64) args.push("FPHA", "FP64");
    }
    return this.send(args);
  }

  /** `JSON.STRAPPEND key [path] value`, since json-1.0.0. */
  jsonStrappend(key: Arg, value: Arg, path?: Arg): Out<K, OneOrMany<number | null>> {
    const args: Arg[] = ["JSON.STRAPPEND", key];
    if (path !== undefined) {
      args.push(path);
    }
    args.push(value);
    return this.send(args);
  }

  /** `JSON.STRLEN key [path]`, since json-1.0.0. */
  jsonStrlen(key: Arg, path?: Arg): Out<K, OneOrMany<number | null>> {
    const args: Arg[] = ["JSON.STRLEN", key];
    if (path !== undefined) {
      args.push(path);
    }
    return this.send(args);
  }

  /** `JSON.TOGGLE key path`, since json-2.0.0. */
  jsonToggle(key: Arg, path: Arg): Out<K, S | number | null | Array<number | null>> {
    return this.send(["JSON.TOGGLE", key, path]);
  }

  /** `JSON.TYPE key [path]`, since json-1.0.0. */
  jsonType(key: Arg, path?: Arg): Out<K, null | S | Array<S | null> | Array<Array<S | null>>> {
    const args: Arg[] = ["JSON.TYPE", key];
    if (path !== undefined) {
      args.push(path);
    }
    return this.send(args);
  }

  /** `KEYS pattern`, since 1.0.0. */
  keys(pattern: Arg): Out<K, Array<S>> {
    return this.send(["KEYS", pattern]);
  }

  /** `LASTSAVE`, since 1.0.0. */
  lastsave(): Out<K, PerNode<number>> {
    return this.send(["LASTSAVE"]);
  }

  /** `LATENCY DOCTOR`, since 2.8.13. */
  latencyDoctor(): Out<K, PerNode<S>> {
    return this.send(["LATENCY", "DOCTOR"]);
  }

  /** `LATENCY GRAPH event`, since 2.8.13. */
  latencyGraph(event: Arg): Out<K, PerNode<S>> {
    return this.send(["LATENCY", "GRAPH", event]);
  }

  /** `LATENCY HELP`, since 2.8.13. */
  latencyHelp(): Out<K, Array<S>> {
    return this.send(["LATENCY", "HELP"]);
  }

  /** `LATENCY HISTOGRAM [COMMAND [COMMAND ...]]`, since 7.0.0. */
  latencyHistogram(commands?: Many): Out<K, PerNode<Map<S, Fields<S, { "calls": number; "histogram_usec": Map<number, number> }>>>> {
    const args: Arg[] = ["LATENCY", "HISTOGRAM"];
    if (commands !== undefined) {
      many(args, commands);
    }
    return this.send(args);
  }

  /** `LATENCY HISTORY event`, since 2.8.13. */
  latencyHistory(event: Arg): Out<K, PerNode<Array<[number, number]>>> {
    return this.send(["LATENCY", "HISTORY", event]);
  }

  /** `LATENCY LATEST`, since 2.8.13. */
  latencyLatest(): Out<K, PerNode<Array<[S, number, number, number]>>> {
    return this.send(["LATENCY", "LATEST"]);
  }

  /** `LATENCY RESET [event [event ...]]`, since 2.8.13. */
  latencyReset(events?: Many): Out<K, number> {
    const args: Arg[] = ["LATENCY", "RESET"];
    if (events !== undefined) {
      many(args, events);
    }
    return this.send(args);
  }

  /** `LCS key1 key2`, since 7.0.0. */
  lcs(key1: Arg, key2: Arg): Out<K, S> {
    return this.send(["LCS", key1, key2]);
  }

  /** `LCS key1 key2 IDX [MINMATCHLEN min-match-len] [WITHMATCHLEN]`, since 7.0.0. */
  lcsIdx(key1: Arg, key2: Arg, options?: LcsIdxOptions): Out<K, Fields<S, { "matches": Array<LcsMatch>; "len": number }>> {
    const args: Arg[] = ["LCS", key1, key2, "IDX"];
    if (given("LCS", options, ["minmatchlen", "withmatchlen"])) {
      if (options.minmatchlen !== undefined) {
        args.push("MINMATCHLEN", options.minmatchlen);
      }
      if (options.withmatchlen) args.push("WITHMATCHLEN");
    }
    return this.send(args);
  }

  /** `LCS key1 key2 LEN`, since 7.0.0. */
  lcsLen(key1: Arg, key2: Arg): Out<K, number> {
    return this.send(["LCS", key1, key2, "LEN"]);
  }

  /** `LINDEX key index`, since 1.0.0. */
  lindex(key: Arg, index: Int): Out<K, null | S> {
    return this.send(["LINDEX", key, index]);
  }

  /** `LINSERT key <BEFORE | AFTER> pivot element`, since 2.2.0. */
  linsert(key: Arg, where: Where, pivot: Arg, element: Arg): Out<K, number | 0 | -1> {
    return this.send(["LINSERT", key, where, pivot, element]);
  }

  /** `LLEN key`, since 1.0.0. */
  llen(key: Arg): Out<K, number> {
    return this.send(["LLEN", key]);
  }

  /** `LMOVE source destination from to`, since 6.2.0. */
  lmove(source: Arg, destination: Arg, from: Side, to: Side): Out<K, S | null> {
    return this.send(["LMOVE", source, destination, from, to]);
  }

  /** `LMOVEM source destination from to`, since redis-8.10.0. */
  lmovem(source: Arg, destination: Arg, from: Side, to: Side): Out<K, Array<S> | null> {
    return this.send(["LMOVEM", source, destination, from, to]);
  }

  /** `LMOVEM source destination from to COUNT count mode`, since redis-8.10.0. */
  lmovemCount(source: Arg, destination: Arg, from: Side, to: Side, count: Int, mode: MoveMode): Out<K, Array<S> | null> {
    return this.send(["LMOVEM", source, destination, from, to, "COUNT", count, mode]);
  }

  /** `LMOVEM source destination from to EXACTLY count mode`, since redis-8.10.0. */
  lmovemExactly(source: Arg, destination: Arg, from: Side, to: Side, count: Int, mode: MoveMode): Out<K, Array<S> | null> {
    return this.send(["LMOVEM", source, destination, from, to, "EXACTLY", count, mode]);
  }

  /** `LMPOP numkeys key [key ...] <LEFT | RIGHT> [COUNT count]`, since 7.0.0. */
  lmpop(keys: Many, side: Side, options?: LmpopOptions): Out<K, null | [S, Array<S>]> {
    const args: Arg[] = ["LMPOP"];
    counted(args, 1, keys);
    args.push(side);
    if (given("LMPOP", options, ["count"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `LOLWUT [VERSION version]`, since 5.0.0. */
  lolwut(options?: LolwutOptions): Out<K, S> {
    const args: Arg[] = ["LOLWUT"];
    if (given("LOLWUT", options, ["version"])) {
      if (options.version !== undefined) {
        args.push("VERSION", options.version);
      }
    }
    return this.send(args);
  }

  /** `LPOP key`, since 1.0.0. */
  lpop(key: Arg): Out<K, S | null> {
    return this.send(["LPOP", key]);
  }

  /** `LPOP key count`, since 1.0.0. */
  lpopCount(key: Arg, count: Int): Out<K, Array<S> | null> {
    return this.send(["LPOP", key, count]);
  }

  /** `LPOS key element [RANK rank] [MAXLEN len]`, since 6.0.6. */
  lpos(key: Arg, element: Arg, options?: LposOptions): Out<K, number | null> {
    const args: Arg[] = ["LPOS", key, element];
    if (given("LPOS", options, ["rank", "maxlen"])) {
      if (options.rank !== undefined) {
        args.push("RANK", options.rank);
      }
      if (options.maxlen !== undefined) {
        args.push("MAXLEN", options.maxlen);
      }
    }
    return this.send(args);
  }

  /** `LPOS key element COUNT num-matches [RANK rank] [MAXLEN len]`, since 6.0.6. */
  lposCount(key: Arg, element: Arg, numMatches: Int, options?: LposCountOptions): Out<K, Array<number>> {
    const args: Arg[] = ["LPOS", key, element, "COUNT", numMatches];
    if (given("LPOS", options, ["rank", "maxlen"])) {
      if (options.rank !== undefined) {
        args.push("RANK", options.rank);
      }
      if (options.maxlen !== undefined) {
        args.push("MAXLEN", options.maxlen);
      }
    }
    return this.send(args);
  }

  /** `LPUSH key element [element ...]`, since 1.0.0. */
  lpush(key: Arg, elements: Many): Out<K, number> {
    const args: Arg[] = ["LPUSH", key];
    many(args, elements);
    return this.send(args);
  }

  /** `LPUSHX key element [element ...]`, since 2.2.0. */
  lpushx(key: Arg, elements: Many): Out<K, number> {
    const args: Arg[] = ["LPUSHX", key];
    many(args, elements);
    return this.send(args);
  }

  /** `LRANGE key start stop`, since 1.0.0. */
  lrange(key: Arg, start: Int, stop: Int): Out<K, Array<S>> {
    return this.send(["LRANGE", key, start, stop]);
  }

  /** `LREM key count element`, since 1.0.0. */
  lrem(key: Arg, count: Int, element: Arg): Out<K, number> {
    return this.send(["LREM", key, count, element]);
  }

  /** `LSET key index element`, since 1.0.0. */
  lset(key: Arg, index: Int, element: Arg): Out<K, "OK"> {
    return this.send(["LSET", key, index, element]);
  }

  /** `LTRIM key start stop`, since 1.0.0. */
  ltrim(key: Arg, start: Int, stop: Int): Out<K, "OK"> {
    return this.send(["LTRIM", key, start, stop]);
  }

  /** `MEMORY DOCTOR`, since 4.0.0. */
  memoryDoctor(): Out<K, PerNode<S>> {
    return this.send(["MEMORY", "DOCTOR"]);
  }

  /** `MEMORY HELP`, since 4.0.0. */
  memoryHelp(): Out<K, Array<S>> {
    return this.send(["MEMORY", "HELP"]);
  }

  /** `MEMORY MALLOC-STATS`, since 4.0.0. */
  memoryMallocStats(): Out<K, PerNode<S>> {
    return this.send(["MEMORY", "MALLOC-STATS"]);
  }

  /** `MEMORY PURGE`, since 4.0.0. */
  memoryPurge(): Out<K, "OK"> {
    return this.send(["MEMORY", "PURGE"]);
  }

  /** `MEMORY STATS`, since 4.0.0. */
  memoryStats(): Out<K, PerNode<Map<S, Value<S>>>> {
    return this.send(["MEMORY", "STATS"]);
  }

  /** `MEMORY USAGE key [SAMPLES count]`, since 4.0.0. */
  memoryUsage(key: Arg, options?: MemoryUsageOptions): Out<K, number | null> {
    const args: Arg[] = ["MEMORY", "USAGE", key];
    if (given("MEMORY USAGE", options, ["samples"])) {
      if (options.samples !== undefined) {
        args.push("SAMPLES", options.samples);
      }
    }
    return this.send(args);
  }

  /** `MGET key [key ...]`, since 1.0.0. */
  mget(keys: Many): Out<K, Array<S | null>> {
    const args: Arg[] = ["MGET"];
    many(args, keys);
    return this.send(args);
  }

  /** `MIGRATE host port <key | ""> destination-db timeout [COPY] [REPLACE] [AUTH auth | AUTH2 username password] [KEYS keys [keys ...]]`, since 2.6.0. */
  migrate(host: Arg, port: Int, key: Arg, destinationDb: Int, timeout: Int, options?: MigrateOptions): Out<K, "OK" | "NOKEY"> {
    const args: Arg[] = ["MIGRATE", host, port, key, destinationDb, timeout];
    if (given("MIGRATE", options, ["copy", "replace", ["auth", "auth2"], "keys"])) {
      if (options.copy) args.push("COPY");
      if (options.replace) args.push("REPLACE");
      if (options.auth !== undefined) {
        args.push("AUTH", options.auth);
      }
      if (options.auth2 !== undefined) {
        args.push("AUTH2", options.auth2[0], options.auth2[1]);
      }
      if (options.keys !== undefined) {
        args.push("KEYS");
        many(args, options.keys);
      }
    }
    return this.send(args);
  }

  /** `MODULE HELP`, since 5.0.0. */
  moduleHelp(): Out<K, Array<S>> {
    return this.send(["MODULE", "HELP"]);
  }

  /** `MODULE LIST`, since 4.0.0. */
  moduleList(): Out<K, PerNode<Array<Fields<S, { "name": S; "ver": number; "path": S | undefined; "args": Array<S> | undefined }>>>> {
    return this.send(["MODULE", "LIST"]);
  }

  /** `MODULE LOAD path [arg [arg ...]]`, since 4.0.0. */
  moduleLoad(path: Arg, args_: Many): Out<K, "OK"> {
    const args: Arg[] = ["MODULE", "LOAD", path];
    many(args, args_);
    return this.send(args);
  }

  /** `MODULE LOADEX path [CONFIG name value [CONFIG name value ...]] [ARGS args [args ...]]`, since 7.0.0. */
  moduleLoadex(path: Arg, options?: ModuleLoadexOptions): Out<K, "OK"> {
    const args: Arg[] = ["MODULE", "LOADEX", path];
    if (given("MODULE LOADEX", options, ["config", "args"])) {
      for (const each of options.config ?? []) {
        args.push("CONFIG", each[0], each[1]);
      }
      if (options.args !== undefined) {
        args.push("ARGS");
        many(args, options.args);
      }
    }
    return this.send(args);
  }

  /** `MODULE UNLOAD name`, since 4.0.0. */
  moduleUnload(name: Arg): Out<K, "OK"> {
    return this.send(["MODULE", "UNLOAD", name]);
  }

  /** `MSET key value [key value ...]`, since 1.0.1. */
  mset(pairs: Pairs): Out<K, "OK"> {
    const args: Arg[] = ["MSET"];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `MSETEX numkeys key value [key value ...] [NX | XX] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]`, since redis-8.4.0. */
  msetex(pairs: Pairs, options?: MsetexOptions): Out<K, boolean> {
    const args: Arg[] = ["MSETEX"];
    counted(args, 2, pairs);
    if (given("MSETEX", options, [["nx", "xx"], ["ex", "px", "exat", "pxat", "keepttl"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.ex !== undefined) {
        args.push("EX", options.ex);
      }
      if (options.px !== undefined) {
        args.push("PX", options.px);
      }
      if (options.exat !== undefined) {
        args.push("EXAT", options.exat);
      }
      if (options.pxat !== undefined) {
        args.push("PXAT", options.pxat);
      }
      if (options.keepttl) args.push("KEEPTTL");
    }
    return this.send(args);
  }

  /** `MSETNX key value [key value ...]`, since 1.0.1. */
  msetnx(pairs: Pairs): Out<K, boolean> {
    const args: Arg[] = ["MSETNX"];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `OBJECT ENCODING key`, since 2.2.3. */
  objectEncoding(key: Arg): Out<K, null | S> {
    return this.send(["OBJECT", "ENCODING", key]);
  }

  /** `OBJECT FREQ key`, since 4.0.0. */
  objectFreq(key: Arg): Out<K, number | null> {
    return this.send(["OBJECT", "FREQ", key]);
  }

  /** `OBJECT HELP`, since 6.2.0. */
  objectHelp(): Out<K, Array<S>> {
    return this.send(["OBJECT", "HELP"]);
  }

  /** `OBJECT IDLETIME key`, since 2.2.3. */
  objectIdletime(key: Arg): Out<K, number | null> {
    return this.send(["OBJECT", "IDLETIME", key]);
  }

  /** `OBJECT REFCOUNT key`, since 2.2.3. */
  objectRefcount(key: Arg): Out<K, number | null> {
    return this.send(["OBJECT", "REFCOUNT", key]);
  }

  /** `PERSIST key`, since 2.2.0. */
  persist(key: Arg): Out<K, boolean> {
    return this.send(["PERSIST", key]);
  }

  /** `PEXPIRE key milliseconds [NX | XX | GT | LT]`, since 2.6.0. */
  pexpire(key: Arg, milliseconds: Int, options?: PexpireOptions): Out<K, boolean> {
    const args: Arg[] = ["PEXPIRE", key, milliseconds];
    if (given("PEXPIRE", options, [["nx", "xx", "gt", "lt"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.gt) args.push("GT");
      if (options.lt) args.push("LT");
    }
    return this.send(args);
  }

  /** `PEXPIREAT key unix-time-milliseconds [NX | XX | GT | LT]`, since 2.6.0. */
  pexpireat(key: Arg, unixTimeMilliseconds: Int, options?: PexpireatOptions): Out<K, 1 | 0> {
    const args: Arg[] = ["PEXPIREAT", key, unixTimeMilliseconds];
    if (given("PEXPIREAT", options, [["nx", "xx", "gt", "lt"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.gt) args.push("GT");
      if (options.lt) args.push("LT");
    }
    return this.send(args);
  }

  /** `PEXPIRETIME key`, since 7.0.0. */
  pexpiretime(key: Arg): Out<K, number | -1 | -2> {
    return this.send(["PEXPIRETIME", key]);
  }

  /** `PFADD key [element [element ...]]`, since 2.8.9. */
  pfadd(key: Arg, elements: Many): Out<K, 1 | 0> {
    const args: Arg[] = ["PFADD", key];
    many(args, elements);
    return this.send(args);
  }

  /** `PFCOUNT key [key ...]`, since 2.8.9. */
  pfcount(keys: Many): Out<K, number> {
    const args: Arg[] = ["PFCOUNT"];
    many(args, keys);
    return this.send(args);
  }

  /** `PFMERGE destkey [sourcekey [sourcekey ...]]`, since 2.8.9. */
  pfmerge(destkey: Arg, sourcekeys: Many): Out<K, "OK"> {
    const args: Arg[] = ["PFMERGE", destkey];
    many(args, sourcekeys);
    return this.send(args);
  }

  /** `PING [message]`, since 1.0.0. */
  ping(): Out<K, "PONG">;
  ping(message: Arg): Out<K, S>;
  ping(message?: Arg): unknown {
    const args: Arg[] = ["PING"];
    if (message !== undefined) {
      args.push(message);
    }
    return this.send(args);
  }

  /** `PSETEX key milliseconds value`, since 2.6.0. */
  psetex(key: Arg, milliseconds: Int, value: Arg): Out<K, "OK"> {
    return this.send(["PSETEX", key, milliseconds, value]);
  }

  /** `PTTL key`, since 2.6.0. */
  pttl(key: Arg): Out<K, number | -1 | -2> {
    return this.send(["PTTL", key]);
  }

  /** `PUBLISH channel message`, since 2.0.0. */
  publish(channel: Arg, message: Arg): Out<K, number> {
    return this.send(["PUBLISH", channel, message]);
  }

  /** `PUBSUB CHANNELS [pattern]`, since 2.8.0. */
  pubsubChannels(pattern?: Arg): Out<K, Array<S>> {
    const args: Arg[] = ["PUBSUB", "CHANNELS"];
    if (pattern !== undefined) {
      args.push(pattern);
    }
    return this.send(args);
  }

  /** `PUBSUB HELP`, since 6.2.0. */
  pubsubHelp(): Out<K, Array<S>> {
    return this.send(["PUBSUB", "HELP"]);
  }

  /** `PUBSUB NUMPAT`, since 2.8.0. */
  pubsubNumpat(): Out<K, number> {
    return this.send(["PUBSUB", "NUMPAT"]);
  }

  /** `PUBSUB NUMSUB channel [channel ...]`, since 2.8.0. */
  pubsubNumsub(channels: Many): Out<K, Map<S, number>> {
    const args: Arg[] = ["PUBSUB", "NUMSUB"];
    many(args, channels);
    return this.send(args);
  }

  /** `PUBSUB SHARDCHANNELS [pattern]`, since 7.0.0. */
  pubsubShardchannels(pattern?: Arg): Out<K, Array<S>> {
    const args: Arg[] = ["PUBSUB", "SHARDCHANNELS"];
    if (pattern !== undefined) {
      args.push(pattern);
    }
    return this.send(args);
  }

  /** `PUBSUB SHARDNUMSUB shardchannel [shardchannel ...]`, since 7.0.0. */
  pubsubShardnumsub(shardchannels: Many): Out<K, Map<S, number>> {
    const args: Arg[] = ["PUBSUB", "SHARDNUMSUB"];
    many(args, shardchannels);
    return this.send(args);
  }

  /** `RANDOMKEY`, since 1.0.0. */
  randomkey(): Out<K, null | S> {
    return this.send(["RANDOMKEY"]);
  }

  /** `RENAME key newkey`, since 1.0.0. */
  rename(key: Arg, newkey: Arg): Out<K, "OK"> {
    return this.send(["RENAME", key, newkey]);
  }

  /** `RENAMENX key newkey`, since 1.0.0. */
  renamenx(key: Arg, newkey: Arg): Out<K, 1 | 0> {
    return this.send(["RENAMENX", key, newkey]);
  }

  /** `RESTORE key ttl serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency]`, since 2.6.0. */
  restore(key: Arg, ttl: Int, serializedValue: Arg, options?: RestoreOptions): Out<K, "OK"> {
    const args: Arg[] = ["RESTORE", key, ttl, serializedValue];
    if (given("RESTORE", options, ["replace", "absttl", "idletime", "freq"])) {
      if (options.replace) args.push("REPLACE");
      if (options.absttl) args.push("ABSTTL");
      if (options.idletime !== undefined) {
        args.push("IDLETIME", options.idletime);
      }
      if (options.freq !== undefined) {
        args.push("FREQ", options.freq);
      }
    }
    return this.send(args);
  }

  /** `ROLE`, since 2.8.12. */
  role(): Out<K, PerNode<Role<S>>> {
    return this.send(["ROLE"]);
  }

  /** `RPOP key`, since 1.0.0. */
  rpop(key: Arg): Out<K, S | null> {
    return this.send(["RPOP", key]);
  }

  /** `RPOP key count`, since 1.0.0. */
  rpopCount(key: Arg, count: Int): Out<K, Array<S> | null> {
    return this.send(["RPOP", key, count]);
  }

  /** `RPOPLPUSH source destination`, since 1.2.0. */
  rpoplpush(source: Arg, destination: Arg): Out<K, S | null> {
    return this.send(["RPOPLPUSH", source, destination]);
  }

  /** `RPUSH key element [element ...]`, since 1.0.0. */
  rpush(key: Arg, elements: Many): Out<K, number> {
    const args: Arg[] = ["RPUSH", key];
    many(args, elements);
    return this.send(args);
  }

  /** `RPUSHX key element [element ...]`, since 2.2.0. */
  rpushx(key: Arg, elements: Many): Out<K, number> {
    const args: Arg[] = ["RPUSHX", key];
    many(args, elements);
    return this.send(args);
  }

  /** `SADD key member [member ...]`, since 1.0.0. */
  sadd(key: Arg, members: Many): Out<K, number> {
    const args: Arg[] = ["SADD", key];
    many(args, members);
    return this.send(args);
  }

  /** `SAVE`, since 1.0.0. */
  save(): Out<K, "OK"> {
    return this.send(["SAVE"]);
  }

  /** `SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]`, since 2.8.0. */
  scan(cursor: Int, options?: ScanOptions): Out<K, ScanPage<S>> {
    const args: Arg[] = ["SCAN", cursor];
    if (given("SCAN", options, ["match", "count", "type"])) {
      if (options.match !== undefined) {
        args.push("MATCH", options.match);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (options.type !== undefined) {
        args.push("TYPE", options.type);
      }
    }
    return this.send(args);
  }

  /** `SCARD key`, since 1.0.0. */
  scard(key: Arg): Out<K, number> {
    return this.send(["SCARD", key]);
  }

  /** `SCRIPT EXISTS sha1 [sha1 ...]`, since 2.6.0. */
  scriptExists(sha1s: Many): Out<K, Array<1 | 0>> {
    const args: Arg[] = ["SCRIPT", "EXISTS"];
    many(args, sha1s);
    return this.send(args);
  }

  /** `SCRIPT FLUSH [ASYNC | SYNC]`, since 2.6.0. */
  scriptFlush(options?: ScriptFlushOptions): Out<K, "OK"> {
    const args: Arg[] = ["SCRIPT", "FLUSH"];
    if (given("SCRIPT FLUSH", options, [["async", "sync"]])) {
      if (options.async) args.push("ASYNC");
      if (options.sync) args.push("SYNC");
    }
    return this.send(args);
  }

  /** `SCRIPT HELP`, since 5.0.0. */
  scriptHelp(): Out<K, Array<S>> {
    return this.send(["SCRIPT", "HELP"]);
  }

  /** `SCRIPT KILL`, since 2.6.0. */
  scriptKill(): Out<K, "OK"> {
    return this.send(["SCRIPT", "KILL"]);
  }

  /** `SCRIPT LOAD script`, since 2.6.0. */
  scriptLoad(script: Arg): Out<K, S> {
    return this.send(["SCRIPT", "LOAD", script]);
  }

  /** `SCRIPT SHOW sha1`, since valkey-8.0.0. */
  scriptShow(sha1: Arg): Out<K, S> {
    return this.send(["SCRIPT", "SHOW", sha1]);
  }

  /** `SDIFF key [key ...]`, since 1.0.0. */
  sdiff(keys: Many): Out<K, Array<S>> {
    const args: Arg[] = ["SDIFF"];
    many(args, keys);
    return this.send(args);
  }

  /** `SDIFFCARD numkeys key [key ...] [LIMIT limit]`, since redis-8.10.0. */
  sdiffcard(keys: Many, options?: SdiffcardOptions): Out<K, number> {
    const args: Arg[] = ["SDIFFCARD"];
    counted(args, 1, keys);
    if (given("SDIFFCARD", options, ["limit"])) {
      if (options.limit !== undefined) {
        args.push("LIMIT", options.limit);
      }
    }
    return this.send(args);
  }

  /** `SDIFFSTORE destination key [key ...]`, since 1.0.0. */
  sdiffstore(destination: Arg, keys: Many): Out<K, number> {
    const args: Arg[] = ["SDIFFSTORE", destination];
    many(args, keys);
    return this.send(args);
  }

  /** `SET key value [NX | XX | IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]`, since 1.0.0. */
  set(key: Arg, value: Arg): Out<K, "OK">;
  set(key: Arg, value: Arg, options: SetOptions): Out<K, "OK" | null>;
  set(key: Arg, value: Arg, options?: SetOptions): unknown {
    const args: Arg[] = ["SET", key, value];
    if (given("SET", options, [["nx", "xx", "ifeq", "ifne", "ifdeq", "ifdne"], ["ex", "px", "exat", "pxat", "keepttl"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.ifeq !== undefined) {
        args.push("IFEQ", options.ifeq);
      }
      if (options.ifne !== undefined) {
        args.push("IFNE", options.ifne);
      }
      if (options.ifdeq !== undefined) {
        args.push("IFDEQ", options.ifdeq);
      }
      if (options.ifdne !== undefined) {
        args.push("IFDNE", options.ifdne);
      }
      if (options.ex !== undefined) {
        args.push("EX", options.ex);
      }
      if (options.px !== undefined) {
        args.push("PX", options.px);
      }
      if (options.exat !== undefined) {
        args.push("EXAT", options.exat);
      }
      if (options.pxat !== undefined) {
        args.push("PXAT", options.pxat);
      }
      if (options.keepttl) args.push("KEEPTTL");
    }
    return this.send(args);
  }

  /** `SET key value GET [NX | XX | IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]`, since 1.0.0. */
  setGet(key: Arg, value: Arg, options?: SetGetOptions): Out<K, S | null> {
    const args: Arg[] = ["SET", key, value, "GET"];
    if (given("SET", options, [["nx", "xx", "ifeq", "ifne", "ifdeq", "ifdne"], ["ex", "px", "exat", "pxat", "keepttl"]])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.ifeq !== undefined) {
        args.push("IFEQ", options.ifeq);
      }
      if (options.ifne !== undefined) {
        args.push("IFNE", options.ifne);
      }
      if (options.ifdeq !== undefined) {
        args.push("IFDEQ", options.ifdeq);
      }
      if (options.ifdne !== undefined) {
        args.push("IFDNE", options.ifdne);
      }
      if (options.ex !== undefined) {
        args.push("EX", options.ex);
      }
      if (options.px !== undefined) {
        args.push("PX", options.px);
      }
      if (options.exat !== undefined) {
        args.push("EXAT", options.exat);
      }
      if (options.pxat !== undefined) {
        args.push("PXAT", options.pxat);
      }
      if (options.keepttl) args.push("KEEPTTL");
    }
    return this.send(args);
  }

  /** `SETBIT key offset value`, since 2.2.0. */
  setbit(key: Arg, offset: Int, value: Int): Out<K, 0 | 1> {
    return this.send(["SETBIT", key, offset, value]);
  }

  /** `SETEX key seconds value`, since 2.0.0. */
  setex(key: Arg, seconds: Int, value: Arg): Out<K, "OK"> {
    return this.send(["SETEX", key, seconds, value]);
  }

  /** `SETNX key value`, since 1.0.0. */
  setnx(key: Arg, value: Arg): Out<K, boolean> {
    return this.send(["SETNX", key, value]);
  }

  /** `SETRANGE key offset value`, since 2.2.0. */
  setrange(key: Arg, offset: Int, value: Arg): Out<K, number> {
    return this.send(["SETRANGE", key, offset, value]);
  }

  /** `SINTER key [key ...]`, since 1.0.0. */
  sinter(keys: Many): Out<K, Array<S>> {
    const args: Arg[] = ["SINTER"];
    many(args, keys);
    return this.send(args);
  }

  /** `SINTERCARD numkeys key [key ...] [LIMIT limit]`, since 7.0.0. */
  sintercard(keys: Many, options?: SintercardOptions): Out<K, number> {
    const args: Arg[] = ["SINTERCARD"];
    counted(args, 1, keys);
    if (given("SINTERCARD", options, ["limit"])) {
      if (options.limit !== undefined) {
        args.push("LIMIT", options.limit);
      }
    }
    return this.send(args);
  }

  /** `SINTERSTORE destination key [key ...]`, since 1.0.0. */
  sinterstore(destination: Arg, keys: Many): Out<K, number> {
    const args: Arg[] = ["SINTERSTORE", destination];
    many(args, keys);
    return this.send(args);
  }

  /** `SISMEMBER key member`, since 1.0.0. */
  sismember(key: Arg, member: Arg): Out<K, boolean> {
    return this.send(["SISMEMBER", key, member]);
  }

  /** `SLOWLOG GET [count]`, since 2.2.12. */
  slowlogGet(count?: Int): Out<K, PerNode<Array<SlowlogEntry<S>>>> {
    const args: Arg[] = ["SLOWLOG", "GET"];
    if (count !== undefined) {
      args.push(count);
    }
    return this.send(args);
  }

  /** `SLOWLOG HELP`, since 6.2.0. */
  slowlogHelp(): Out<K, Array<S>> {
    return this.send(["SLOWLOG", "HELP"]);
  }

  /** `SLOWLOG LEN`, since 2.2.12. */
  slowlogLen(): Out<K, number> {
    return this.send(["SLOWLOG", "LEN"]);
  }

  /** `SLOWLOG RESET`, since 2.2.12. */
  slowlogReset(): Out<K, "OK"> {
    return this.send(["SLOWLOG", "RESET"]);
  }

  /** `SMEMBERS key`, since 1.0.0. */
  smembers(key: Arg): Out<K, Array<S>> {
    return this.send(["SMEMBERS", key]);
  }

  /** `SMISMEMBER key member [member ...]`, since 6.2.0. */
  smismember(key: Arg, members: Many): Out<K, Array<boolean>> {
    const args: Arg[] = ["SMISMEMBER", key];
    many(args, members);
    return this.send(args);
  }

  /** `SMOVE source destination member`, since 1.0.0. */
  smove(source: Arg, destination: Arg, member: Arg): Out<K, 1 | 0> {
    return this.send(["SMOVE", source, destination, member]);
  }

  /** `SORT key [BY by-pattern] [LIMIT offset count] [GET get-pattern [GET get-pattern ...]] [ASC | DESC] [ALPHA]`, since 1.0.0. */
  sort(key: Arg, options?: SortOptions): Out<K, Array<S | null>> {
    const args: Arg[] = ["SORT", key];
    if (given("SORT", options, ["by", "limit", "get", ["asc", "desc"], "alpha"])) {
      if (options.by !== undefined) {
        args.push("BY", options.by);
      }
      if (given("SORT", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
      for (const each of options.get ?? []) {
        args.push("GET", each);
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
      if (options.alpha) args.push("ALPHA");
    }
    return this.send(args);
  }

  /** `SORT key [BY by-pattern] [LIMIT offset count] [GET get-pattern [GET get-pattern ...]] [ASC | DESC] [ALPHA] STORE destination`, since 1.0.0. */
  sortStore(key: Arg, destination: Arg, options?: SortStoreOptions): Out<K, number> {
    const args: Arg[] = ["SORT", key];
    if (given("SORT", options, ["by", "limit", "get", ["asc", "desc"], "alpha"])) {
      if (options.by !== undefined) {
        args.push("BY", options.by);
      }
      if (given("SORT", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
      for (const each of options.get ?? []) {
        args.push("GET", each);
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
      if (options.alpha) args.push("ALPHA");
    }
    args.push("STORE", destination);
    return this.send(args);
  }

  /** `SORT_RO key [BY by-pattern] [LIMIT offset count] [GET get-pattern [GET get-pattern ...]] [ASC | DESC] [ALPHA]`, since 7.0.0. */
  sortRo(key: Arg, options?: SortRoOptions): Out<K, Array<S | null>> {
    const args: Arg[] = ["SORT_RO", key];
    if (given("SORT_RO", options, ["by", "limit", "get", ["asc", "desc"], "alpha"])) {
      if (options.by !== undefined) {
        args.push("BY", options.by);
      }
      if (given("SORT_RO", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
      for (const each of options.get ?? []) {
        args.push("GET", each);
      }
      if (options.asc) args.push("ASC");
      if (options.desc) args.push("DESC");
      if (options.alpha) args.push("ALPHA");
    }
    return this.send(args);
  }

  /** `SPOP key`, since 1.0.0. */
  spop(key: Arg): Out<K, S | null> {
    return this.send(["SPOP", key]);
  }

  /** `SPOP key count`, since 1.0.0. */
  spopCount(key: Arg, count: Int): Out<K, Array<S>> {
    return this.send(["SPOP", key, count]);
  }

  /** `SPUBLISH shardchannel message`, since 7.0.0. */
  spublish(shardchannel: Arg, message: Arg): Out<K, number> {
    return this.send(["SPUBLISH", shardchannel, message]);
  }

  /** `SRANDMEMBER key`, since 1.0.0. */
  srandmember(key: Arg): Out<K, S | null> {
    return this.send(["SRANDMEMBER", key]);
  }

  /** `SRANDMEMBER key count`, since 1.0.0. */
  srandmemberCount(key: Arg, count: Int): Out<K, Array<S>> {
    return this.send(["SRANDMEMBER", key, count]);
  }

  /** `SREM key member [member ...]`, since 1.0.0. */
  srem(key: Arg, members: Many): Out<K, number> {
    const args: Arg[] = ["SREM", key];
    many(args, members);
    return this.send(args);
  }

  /** `SSCAN key cursor [MATCH pattern] [COUNT count]`, since 2.8.0. */
  sscan(key: Arg, cursor: Int, options?: SscanOptions): Out<K, ScanPage<S>> {
    const args: Arg[] = ["SSCAN", key, cursor];
    if (given("SSCAN", options, ["match", "count"])) {
      if (options.match !== undefined) {
        args.push("MATCH", options.match);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `STRLEN key`, since 2.2.0. */
  strlen(key: Arg): Out<K, number> {
    return this.send(["STRLEN", key]);
  }

  /** `SUBSTR key start end`, since 1.0.0. */
  substr(key: Arg, start: Int, end: Int): Out<K, S> {
    return this.send(["SUBSTR", key, start, end]);
  }

  /** `SUNION key [key ...]`, since 1.0.0. */
  sunion(keys: Many): Out<K, Array<S>> {
    const args: Arg[] = ["SUNION"];
    many(args, keys);
    return this.send(args);
  }

  /** `SUNIONCARD numkeys key [key ...] [APPROX] [LIMIT limit]`, since redis-8.10.0. */
  sunioncard(keys: Many, options?: SunioncardOptions): Out<K, number> {
    const args: Arg[] = ["SUNIONCARD"];
    counted(args, 1, keys);
    if (given("SUNIONCARD", options, ["approx", "limit"])) {
      if (options.approx) args.push("APPROX");
      if (options.limit !== undefined) {
        args.push("LIMIT", options.limit);
      }
    }
    return this.send(args);
  }

  /** `SUNIONSTORE destination key [key ...]`, since 1.0.0. */
  sunionstore(destination: Arg, keys: Many): Out<K, number> {
    const args: Arg[] = ["SUNIONSTORE", destination];
    many(args, keys);
    return this.send(args);
  }

  /** `TDIGEST.ADD key value [value ...]`, since bloom-2.4.0. */
  tdigestAdd(key: Arg, values: Many): Out<K, "OK"> {
    const args: Arg[] = ["TDIGEST.ADD", key];
    many(args, values);
    return this.send(args);
  }

  /** `TDIGEST.BYRANK key rank [rank ...]`, since bloom-2.4.0. */
  tdigestByrank(key: Arg, ranks: Many): Out<K, Array<number>> {
    const args: Arg[] = ["TDIGEST.BYRANK", key];
    many(args, ranks);
    return this.send(args);
  }

  /** `TDIGEST.BYREVRANK key reverse-rank [reverse-rank ...]`, since bloom-2.4.0. */
  tdigestByrevrank(key: Arg, reverseRanks: Many): Out<K, Array<number>> {
    const args: Arg[] = ["TDIGEST.BYREVRANK", key];
    many(args, reverseRanks);
    return this.send(args);
  }

  /** `TDIGEST.CDF key value [value ...]`, since bloom-2.4.0. */
  tdigestCdf(key: Arg, values: Many): Out<K, Array<number>> {
    const args: Arg[] = ["TDIGEST.CDF", key];
    many(args, values);
    return this.send(args);
  }

  /** `TDIGEST.CREATE key [COMPRESSION compression]`, since bloom-2.4.0. */
  tdigestCreate(key: Arg, options?: TdigestCreateOptions): Out<K, "OK"> {
    const args: Arg[] = ["TDIGEST.CREATE", key];
    if (given("TDIGEST.CREATE", options, ["compression"])) {
      if (options.compression !== undefined) {
        args.push("COMPRESSION", options.compression);
      }
    }
    return this.send(args);
  }

  /** `TDIGEST.INFO key`, since bloom-2.4.0. */
  tdigestInfo(key: Arg): Out<K, Map<S, number | number>> {
    return this.send(["TDIGEST.INFO", key]);
  }

  /** `TDIGEST.MAX key`, since bloom-2.4.0. */
  tdigestMax(key: Arg): Out<K, number> {
    return this.send(["TDIGEST.MAX", key]);
  }

  /** `TDIGEST.MERGE destination-key numkeys source-key [source-key ...] [COMPRESSION compression] [OVERRIDE]`, since bloom-2.4.0. */
  tdigestMerge(destinationKey: Arg, sourceKeys: Many, options?: TdigestMergeOptions): Out<K, "OK"> {
    const args: Arg[] = ["TDIGEST.MERGE", destinationKey];
    counted(args, 1, sourceKeys);
    if (given("TDIGEST.MERGE", options, ["compression", "override"])) {
      if (options.compression !== undefined) {
        args.push("COMPRESSION", options.compression);
      }
      if (options.override) args.push("OVERRIDE");
    }
    return this.send(args);
  }

  /** `TDIGEST.MIN key`, since bloom-2.4.0. */
  tdigestMin(key: Arg): Out<K, number> {
    return this.send(["TDIGEST.MIN", key]);
  }

  /** `TDIGEST.QUANTILE key quantile [quantile ...]`, since bloom-2.4.0. */
  tdigestQuantile(key: Arg, quantiles: Many): Out<K, Array<number>> {
    const args: Arg[] = ["TDIGEST.QUANTILE", key];
    many(args, quantiles);
    return this.send(args);
  }

  /** `TDIGEST.RANK key value [value ...]`, since bloom-2.4.0. */
  tdigestRank(key: Arg, values: Many): Out<K, Array<number>> {
    const args: Arg[] = ["TDIGEST.RANK", key];
    many(args, values);
    return this.send(args);
  }

  /** `TDIGEST.RESET key`, since bloom-2.4.0. */
  tdigestReset(key: Arg): Out<K, "OK"> {
    return this.send(["TDIGEST.RESET", key]);
  }

  /** `TDIGEST.REVRANK key value [value ...]`, since bloom-2.4.0. */
  tdigestRevrank(key: Arg, values: Many): Out<K, Array<number>> {
    const args: Arg[] = ["TDIGEST.REVRANK", key];
    many(args, values);
    return this.send(args);
  }

  /** `TDIGEST.TRIMMED_MEAN key low-cut-quantile high-cut-quantile`, since bloom-2.4.0. */
  tdigestTrimmedMean(key: Arg, lowCutQuantile: Int, highCutQuantile: Int): Out<K, number> {
    return this.send(["TDIGEST.TRIMMED_MEAN", key, lowCutQuantile, highCutQuantile]);
  }

  /** `TIME`, since 2.6.0. */
  time(): Out<K, PerNode<[number, number]>> {
    return this.send(["TIME"]);
  }

  /** `TOPK.ADD key item [item ...]`, since bloom-2.0.0. */
  topkAdd(key: Arg, items: Many): Out<K, Array<S | null>> {
    const args: Arg[] = ["TOPK.ADD", key];
    many(args, items);
    return this.send(args);
  }

  /** `TOPK.COUNT key item [item ...]`, since bloom-2.0.0. */
  topkCount(key: Arg, items: Many): Out<K, Array<number>> {
    const args: Arg[] = ["TOPK.COUNT", key];
    many(args, items);
    return this.send(args);
  }

  /** `TOPK.INCRBY key item increment [item increment ...]`, since bloom-2.0.0. */
  topkIncrby(key: Arg, pairs: Pairs): Out<K, Array<S | null>> {
    const args: Arg[] = ["TOPK.INCRBY", key];
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `TOPK.INFO key`, since bloom-2.0.0. */
  topkInfo(key: Arg): Out<K, Map<S, number | number>> {
    return this.send(["TOPK.INFO", key]);
  }

  /** `TOPK.LIST key`, since bloom-2.0.0. */
  topkList(key: Arg): Out<K, Array<S | null>> {
    return this.send(["TOPK.LIST", key]);
  }

  /** `TOPK.LIST key WITHCOUNT`, since bloom-2.0.0. */
  topkListWithcount(key: Arg): Out<K, Array<S>> {
    return this.send(["TOPK.LIST", key, "WITHCOUNT"]);
  }

  /** `TOPK.QUERY key item [item ...]`, since bloom-2.0.0. */
  topkQuery(key: Arg, items: Many): Out<K, Array<boolean>> {
    const args: Arg[] = ["TOPK.QUERY", key];
    many(args, items);
    return this.send(args);
  }

  /** `TOPK.RESERVE key topk [width depth decay]`, since bloom-2.0.0. */
  topkReserve(key: Arg, topk: Int, width?: Int, depth?: Int, decay?: Int): Out<K, "OK"> {
    const args: Arg[] = ["TOPK.RESERVE", key, topk];
    if (width !== undefined) {
      args.push(width, (depth as Int), (decay as Int));
    }
    return this.send(args);
  }

  /** `TOUCH key [key ...]`, since 3.2.1. */
  touch(keys: Many): Out<K, number> {
    const args: Arg[] = ["TOUCH"];
    many(args, keys);
    return this.send(args);
  }

  /** `TS.ADD key timestamp value [RETENTION retention-period] [ENCODING <UNCOMPRESSED | COMPRESSED>] [CHUNK_SIZE size] [DUPLICATE_POLICY <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [ON_DUPLICATE <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [IGNORE ignore-max-timediff ignore-max-val-diff] [LABELS label value [label value ...]]`, since timeseries-1.0.0. */
  tsAdd(key: Arg, timestamp: Arg, value: Int, options?: TsAddOptions): Out<K, number> {
    const args: Arg[] = ["TS.ADD", key, timestamp, value];
    if (given("TS.ADD", options, ["retention", ["encodingUncompressed", "encodingCompressed"], "chunkSize", "duplicatePolicy", "onDuplicate", "ignore", "labels"])) {
      if (options.retention !== undefined) {
        args.push("RETENTION", options.retention);
      }
      if (options.encodingUncompressed) args.push("ENCODING", "UNCOMPRESSED");
      if (options.encodingCompressed) args.push("ENCODING", "COMPRESSED");
      if (options.chunkSize !== undefined) {
        args.push("CHUNK_SIZE", options.chunkSize);
      }
      if (options.duplicatePolicy !== undefined) {
        args.push("DUPLICATE_POLICY", options.duplicatePolicy);
      }
      if (options.onDuplicate !== undefined) {
        args.push("ON_DUPLICATE", options.onDuplicate);
      }
      if (given("TS.ADD", options.ignore, ["ignoreMaxTimediff", "ignoreMaxValDiff"])) {
        args.push("IGNORE", options.ignore.ignoreMaxTimediff, options.ignore.ignoreMaxValDiff);
      }
      if (options.labels !== undefined) {
        args.push("LABELS");
        groups(args, 2, options.labels);
      }
    }
    return this.send(args);
  }

  /** `TS.ALTER key [RETENTION retention-period] [CHUNK_SIZE size] [DUPLICATE_POLICY <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [IGNORE ignore-max-timediff ignore-max-val-diff] [LABELS label value [label value ...]]`, since timeseries-1.0.0. */
  tsAlter(key: Arg, options?: TsAlterOptions): Out<K, "OK"> {
    const args: Arg[] = ["TS.ALTER", key];
    if (given("TS.ALTER", options, ["retention", "chunkSize", "duplicatePolicy", "ignore", "labels"])) {
      if (options.retention !== undefined) {
        args.push("RETENTION", options.retention);
      }
      if (options.chunkSize !== undefined) {
        args.push("CHUNK_SIZE", options.chunkSize);
      }
      if (options.duplicatePolicy !== undefined) {
        args.push("DUPLICATE_POLICY", options.duplicatePolicy);
      }
      if (given("TS.ALTER", options.ignore, ["ignoreMaxTimediff", "ignoreMaxValDiff"])) {
        args.push("IGNORE", options.ignore.ignoreMaxTimediff, options.ignore.ignoreMaxValDiff);
      }
      if (options.labels !== undefined) {
        args.push("LABELS");
        groups(args, 2, options.labels);
      }
    }
    return this.send(args);
  }

  /** `TS.CREATE key [RETENTION retention-period] [ENCODING <UNCOMPRESSED | COMPRESSED>] [CHUNK_SIZE size] [DUPLICATE_POLICY <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [IGNORE ignore-max-timediff ignore-max-val-diff] [LABELS label value [label value ...]]`, since timeseries-1.0.0. */
  tsCreate(key: Arg, options?: TsCreateOptions): Out<K, "OK"> {
    const args: Arg[] = ["TS.CREATE", key];
    if (given("TS.CREATE", options, ["retention", ["encodingUncompressed", "encodingCompressed"], "chunkSize", "duplicatePolicy", "ignore", "labels"])) {
      if (options.retention !== undefined) {
        args.push("RETENTION", options.retention);
      }
      if (options.encodingUncompressed) args.push("ENCODING", "UNCOMPRESSED");
      if (options.encodingCompressed) args.push("ENCODING", "COMPRESSED");
      if (options.chunkSize !== undefined) {
        args.push("CHUNK_SIZE", options.chunkSize);
      }
      if (options.duplicatePolicy !== undefined) {
        args.push("DUPLICATE_POLICY", options.duplicatePolicy);
      }
      if (given("TS.CREATE", options.ignore, ["ignoreMaxTimediff", "ignoreMaxValDiff"])) {
        args.push("IGNORE", options.ignore.ignoreMaxTimediff, options.ignore.ignoreMaxValDiff);
      }
      if (options.labels !== undefined) {
        args.push("LABELS");
        groups(args, 2, options.labels);
      }
    }
    return this.send(args);
  }

  /** `TS.CREATERULE source-key dest-key AGGREGATION aggregator bucket-duration [align-timestamp]`, since timeseries-1.0.0. */
  tsCreaterule(sourceKey: Arg, destKey: Arg, aggregator: Arg, bucketDuration: Int, alignTimestamp?: Int): Out<K, "OK"> {
    const args: Arg[] = ["TS.CREATERULE", sourceKey, destKey, "AGGREGATION", aggregator, bucketDuration];
    if (alignTimestamp !== undefined) {
      args.push(alignTimestamp);
    }
    return this.send(args);
  }

  /** `TS.DECRBY key value [TIMESTAMP timestamp] [RETENTION retention-period] [UNCOMPRESSED] [CHUNK_SIZE size] [DUPLICATE_POLICY <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [IGNORE ignore-max-timediff ignore-max-val-diff] [LABELS label value [label value ...]]`, since timeseries-1.0.0. */
  tsDecrby(key: Arg, value: Int, options?: TsDecrbyOptions): Out<K, number> {
    const args: Arg[] = ["TS.DECRBY", key, value];
    if (given("TS.DECRBY", options, ["timestamp", "retention", "uncompressed", "chunkSize", "duplicatePolicy", "ignore", "labels"])) {
      if (options.timestamp !== undefined) {
        args.push("TIMESTAMP", options.timestamp);
      }
      if (options.retention !== undefined) {
        args.push("RETENTION", options.retention);
      }
      if (options.uncompressed) args.push("UNCOMPRESSED");
      if (options.chunkSize !== undefined) {
        args.push("CHUNK_SIZE", options.chunkSize);
      }
      if (options.duplicatePolicy !== undefined) {
        args.push("DUPLICATE_POLICY", options.duplicatePolicy);
      }
      if (given("TS.DECRBY", options.ignore, ["ignoreMaxTimediff", "ignoreMaxValDiff"])) {
        args.push("IGNORE", options.ignore.ignoreMaxTimediff, options.ignore.ignoreMaxValDiff);
      }
      if (options.labels !== undefined) {
        args.push("LABELS");
        groups(args, 2, options.labels);
      }
    }
    return this.send(args);
  }

  /** `TS.DEL key from-timestamp to-timestamp`, since timeseries-1.6.0. */
  tsDel(key: Arg, fromTimestamp: Int, toTimestamp: Int): Out<K, number> {
    return this.send(["TS.DEL", key, fromTimestamp, toTimestamp]);
  }

  /** `TS.DELETERULE source-key dest-key`, since timeseries-1.0.0. */
  tsDeleterule(sourceKey: Arg, destKey: Arg): Out<K, "OK"> {
    return this.send(["TS.DELETERULE", sourceKey, destKey]);
  }

  /** `TS.GET key [LATEST]`, since timeseries-1.0.0. */
  tsGet(key: Arg, options?: TsGetOptions): Out<K, Perhaps<[number, number]>> {
    const args: Arg[] = ["TS.GET", key];
    if (given("TS.GET", options, ["latest"])) {
      if (options.latest) args.push("LATEST");
    }
    return this.send(args);
  }

  /** `TS.INCRBY key value [TIMESTAMP timestamp] [RETENTION retention-period] [UNCOMPRESSED] [CHUNK_SIZE size] [DUPLICATE_POLICY <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [IGNORE ignore-max-timediff ignore-max-val-diff] [LABELS label value [label value ...]]`, since timeseries-1.0.0. */
  tsIncrby(key: Arg, value: Int, options?: TsIncrbyOptions): Out<K, number> {
    const args: Arg[] = ["TS.INCRBY", key, value];
    if (given("TS.INCRBY", options, ["timestamp", "retention", "uncompressed", "chunkSize", "duplicatePolicy", "ignore", "labels"])) {
      if (options.timestamp !== undefined) {
        args.push("TIMESTAMP", options.timestamp);
      }
      if (options.retention !== undefined) {
        args.push("RETENTION", options.retention);
      }
      if (options.uncompressed) args.push("UNCOMPRESSED");
      if (options.chunkSize !== undefined) {
        args.push("CHUNK_SIZE", options.chunkSize);
      }
      if (options.duplicatePolicy !== undefined) {
        args.push("DUPLICATE_POLICY", options.duplicatePolicy);
      }
      if (given("TS.INCRBY", options.ignore, ["ignoreMaxTimediff", "ignoreMaxValDiff"])) {
        args.push("IGNORE", options.ignore.ignoreMaxTimediff, options.ignore.ignoreMaxValDiff);
      }
      if (options.labels !== undefined) {
        args.push("LABELS");
        groups(args, 2, options.labels);
      }
    }
    return this.send(args);
  }

  /** `TS.INFO key [DEBUG]`, since timeseries-1.0.0. */
  tsInfo(key: Arg, options?: TsInfoOptions): Out<K, Map<S, Value<S>>> {
    const args: Arg[] = ["TS.INFO", key];
    if (given("TS.INFO", options, ["debug"])) {
      if (options.debug) args.push("DEBUG");
    }
    return this.send(args);
  }

  /** `TS.MADD key timestamp value [key timestamp value ...]`, since timeseries-1.0.0. */
  tsMadd(groups_: Iterable<readonly Arg[]>): Out<K, Array<number>> {
    const args: Arg[] = ["TS.MADD"];
    groups(args, 3, groups_);
    return this.send(args);
  }

  /** `TS.MGET [LATEST] [WITHLABELS | SELECTED_LABELS label [label ...]] FILTER filter [filter ...]`, since timeseries-1.0.0. */
  tsMget(filters: Many, options?: TsMgetOptions): Out<K, Map<S, Array<Value<S>>>> {
    const args: Arg[] = ["TS.MGET"];
    if (given("TS.MGET", options, ["latest", ["withlabels", "selectedLabels"]])) {
      if (options.latest) args.push("LATEST");
      if (options.withlabels) args.push("WITHLABELS");
      if (options.selectedLabels !== undefined) {
        args.push("SELECTED_LABELS");
        many(args, options.selectedLabels);
      }
    }
    args.push("FILTER");
    many(args, filters);
    return this.send(args);
  }

  /** `TS.MRANGE from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [WITHLABELS | SELECTED_LABELS label [label ...]] [COUNT count] [[ALIGN align] AGGREGATION aggregators bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]] FILTER filter [filter ...] [GROUPBY group-label REDUCE reducer] [EXCLUDEEMPTY]`, since timeseries-1.0.0. */
  tsMrange(fromTimestamp: Arg, toTimestamp: Arg, filters: Many, options?: TsMrangeOptions): Out<K, Map<S, Array<Value<S>>>> {
    const args: Arg[] = ["TS.MRANGE", fromTimestamp, toTimestamp];
    if (given("TS.MRANGE", options, ["latest", "filterByTs", "filterByValue", ["withlabels", "selectedLabels"], "count", "aggregation"])) {
      if (options.latest) args.push("LATEST");
      if (options.filterByTs !== undefined) {
        args.push("FILTER_BY_TS");
        many(args, options.filterByTs);
      }
      if (given("TS.MRANGE", options.filterByValue, ["min", "max"])) {
        args.push("FILTER_BY_VALUE", options.filterByValue.min, options.filterByValue.max);
      }
      if (options.withlabels) args.push("WITHLABELS");
      if (options.selectedLabels !== undefined) {
        args.push("SELECTED_LABELS");
        many(args, options.selectedLabels);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (given("TS.MRANGE", options.aggregation, ["align", "aggregators", "bucketDuration", "buckettimestamp", "empty"])) {
        if (options.aggregation.align !== undefined) {
          args.push("ALIGN", options.aggregation.align);
        }
        args.push("AGGREGATION", options.aggregation.aggregators, options.aggregation.bucketDuration);
        if (options.aggregation.buckettimestamp !== undefined) {
          args.push("BUCKETTIMESTAMP", options.aggregation.buckettimestamp);
        }
        if (options.aggregation.empty) args.push("EMPTY");
      }
    }
    args.push("FILTER");
    many(args, filters);
    if (given("TS.MRANGE", options, ["groupby", "excludeempty"])) {
      if (given("TS.MRANGE", options.groupby, ["groupLabel", "reducer"])) {
        args.push("GROUPBY", options.groupby.groupLabel, "REDUCE", options.groupby.reducer);
      }
      if (options.excludeempty) args.push("EXCLUDEEMPTY");
    }
    return this.send(args);
  }

  /** `TS.MREVRANGE from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [WITHLABELS | SELECTED_LABELS label [label ...]] [COUNT count] [[ALIGN align] AGGREGATION aggregators bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]] FILTER filter [filter ...] [GROUPBY group-label REDUCE reducer] [EXCLUDEEMPTY]`, since timeseries-1.4.0. */
  tsMrevrange(fromTimestamp: Arg, toTimestamp: Arg, filters: Many, options?: TsMrevrangeOptions): Out<K, Map<S, Array<Value<S>>>> {
    const args: Arg[] = ["TS.MREVRANGE", fromTimestamp, toTimestamp];
    if (given("TS.MREVRANGE", options, ["latest", "filterByTs", "filterByValue", ["withlabels", "selectedLabels"], "count", "aggregation"])) {
      if (options.latest) args.push("LATEST");
      if (options.filterByTs !== undefined) {
        args.push("FILTER_BY_TS");
        many(args, options.filterByTs);
      }
      if (given("TS.MREVRANGE", options.filterByValue, ["min", "max"])) {
        args.push("FILTER_BY_VALUE", options.filterByValue.min, options.filterByValue.max);
      }
      if (options.withlabels) args.push("WITHLABELS");
      if (options.selectedLabels !== undefined) {
        args.push("SELECTED_LABELS");
        many(args, options.selectedLabels);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (given("TS.MREVRANGE", options.aggregation, ["align", "aggregators", "bucketDuration", "buckettimestamp", "empty"])) {
        if (options.aggregation.align !== undefined) {
          args.push("ALIGN", options.aggregation.align);
        }
        args.push("AGGREGATION", options.aggregation.aggregators, options.aggregation.bucketDuration);
        if (options.aggregation.buckettimestamp !== undefined) {
          args.push("BUCKETTIMESTAMP", options.aggregation.buckettimestamp);
        }
        if (options.aggregation.empty) args.push("EMPTY");
      }
    }
    args.push("FILTER");
    many(args, filters);
    if (given("TS.MREVRANGE", options, ["groupby", "excludeempty"])) {
      if (given("TS.MREVRANGE", options.groupby, ["groupLabel", "reducer"])) {
        args.push("GROUPBY", options.groupby.groupLabel, "REDUCE", options.groupby.reducer);
      }
      if (options.excludeempty) args.push("EXCLUDEEMPTY");
    }
    return this.send(args);
  }

  /** `TS.NRANGE numkeys key [key ...] from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [COUNT count] [[ALIGN align] AGGREGATION aggregators [aggregators ...] bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]]`, since timeseries-8.10.0. */
  tsNrange(keys: Many, fromTimestamp: Arg, toTimestamp: Arg, options?: TsNrangeOptions): Out<K, Array<[number, Array<number>]>> {
    const args: Arg[] = ["TS.NRANGE"];
    counted(args, 1, keys);
    args.push(fromTimestamp, toTimestamp);
    if (given("TS.NRANGE", options, ["latest", "filterByTs", "filterByValue", "count", "aggregation"])) {
      if (options.latest) args.push("LATEST");
      if (options.filterByTs !== undefined) {
        args.push("FILTER_BY_TS");
        many(args, options.filterByTs);
      }
      if (given("TS.NRANGE", options.filterByValue, ["min", "max"])) {
        args.push("FILTER_BY_VALUE", options.filterByValue.min, options.filterByValue.max);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (given("TS.NRANGE", options.aggregation, ["align", "aggregators", "bucketDuration", "buckettimestamp", "empty"])) {
        if (options.aggregation.align !== undefined) {
          args.push("ALIGN", options.aggregation.align);
        }
        args.push("AGGREGATION");
        many(args, options.aggregation.aggregators);
        args.push(options.aggregation.bucketDuration);
        if (options.aggregation.buckettimestamp !== undefined) {
          args.push("BUCKETTIMESTAMP", options.aggregation.buckettimestamp);
        }
        if (options.aggregation.empty) args.push("EMPTY");
      }
    }
    return this.send(args);
  }

  /** `TS.NREVRANGE numkeys key [key ...] from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [COUNT count] [[ALIGN align] AGGREGATION aggregators [aggregators ...] bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]]`, since timeseries-8.10.0. */
  tsNrevrange(keys: Many, fromTimestamp: Arg, toTimestamp: Arg, options?: TsNrevrangeOptions): Out<K, Array<[number, Array<number>]>> {
    const args: Arg[] = ["TS.NREVRANGE"];
    counted(args, 1, keys);
    args.push(fromTimestamp, toTimestamp);
    if (given("TS.NREVRANGE", options, ["latest", "filterByTs", "filterByValue", "count", "aggregation"])) {
      if (options.latest) args.push("LATEST");
      if (options.filterByTs !== undefined) {
        args.push("FILTER_BY_TS");
        many(args, options.filterByTs);
      }
      if (given("TS.NREVRANGE", options.filterByValue, ["min", "max"])) {
        args.push("FILTER_BY_VALUE", options.filterByValue.min, options.filterByValue.max);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (given("TS.NREVRANGE", options.aggregation, ["align", "aggregators", "bucketDuration", "buckettimestamp", "empty"])) {
        if (options.aggregation.align !== undefined) {
          args.push("ALIGN", options.aggregation.align);
        }
        args.push("AGGREGATION");
        many(args, options.aggregation.aggregators);
        args.push(options.aggregation.bucketDuration);
        if (options.aggregation.buckettimestamp !== undefined) {
          args.push("BUCKETTIMESTAMP", options.aggregation.buckettimestamp);
        }
        if (options.aggregation.empty) args.push("EMPTY");
      }
    }
    return this.send(args);
  }

  /** `TS.QUERYINDEX filter [filter ...]`, since timeseries-1.0.0. */
  tsQueryindex(filters: Many): Out<K, Array<S>> {
    const args: Arg[] = ["TS.QUERYINDEX"];
    many(args, filters);
    return this.send(args);
  }

  /** `TS.QUERYLABELS LABELS [FILTER filter [filter ...]]`, since timeseries-8.10.0. */
  tsQuerylabelsLabels(options?: TsQuerylabelsLabelsOptions): Out<K, Array<S>> {
    const args: Arg[] = ["TS.QUERYLABELS", "LABELS"];
    if (given("TS.QUERYLABELS", options, ["filter"])) {
      if (options.filter !== undefined) {
        args.push("FILTER");
        many(args, options.filter);
      }
    }
    return this.send(args);
  }

  /** `TS.QUERYLABELS VALUES label [FILTER filter [filter ...]]`, since timeseries-8.10.0. */
  tsQuerylabelsValues(label: Arg, options?: TsQuerylabelsValuesOptions): Out<K, Array<S>> {
    const args: Arg[] = ["TS.QUERYLABELS", "VALUES", label];
    if (given("TS.QUERYLABELS", options, ["filter"])) {
      if (options.filter !== undefined) {
        args.push("FILTER");
        many(args, options.filter);
      }
    }
    return this.send(args);
  }

  /** `TS.RANGE key from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [COUNT count] [[ALIGN align] AGGREGATION aggregators bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]]`, since timeseries-1.0.0. */
  tsRange(key: Arg, fromTimestamp: Arg, toTimestamp: Arg, options?: TsRangeOptions): Out<K, Array<Sample<S>>> {
    const args: Arg[] = ["TS.RANGE", key, fromTimestamp, toTimestamp];
    if (given("TS.RANGE", options, ["latest", "filterByTs", "filterByValue", "count", "aggregation"])) {
      if (options.latest) args.push("LATEST");
      if (options.filterByTs !== undefined) {
        args.push("FILTER_BY_TS");
        many(args, options.filterByTs);
      }
      if (given("TS.RANGE", options.filterByValue, ["min", "max"])) {
        args.push("FILTER_BY_VALUE", options.filterByValue.min, options.filterByValue.max);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (given("TS.RANGE", options.aggregation, ["align", "aggregators", "bucketDuration", "buckettimestamp", "empty"])) {
        if (options.aggregation.align !== undefined) {
          args.push("ALIGN", options.aggregation.align);
        }
        args.push("AGGREGATION", options.aggregation.aggregators, options.aggregation.bucketDuration);
        if (options.aggregation.buckettimestamp !== undefined) {
          args.push("BUCKETTIMESTAMP", options.aggregation.buckettimestamp);
        }
        if (options.aggregation.empty) args.push("EMPTY");
      }
    }
    return this.send(args);
  }

  /** `TS.READ key timestamp [BLOCK milliseconds min-count] [MAX_COUNT max-count]`, since timeseries-8.10.0. */
  tsRead(key: Arg, timestamp: Arg, options?: TsReadOptions): Out<K, Array<Sample<S>>> {
    const args: Arg[] = ["TS.READ", key, timestamp];
    if (given("TS.READ", options, ["block", "maxCount"])) {
      if (given("TS.READ", options.block, ["milliseconds", "minCount"])) {
        args.push("BLOCK", options.block.milliseconds, options.block.minCount);
      }
      if (options.maxCount !== undefined) {
        args.push("MAX_COUNT", options.maxCount);
      }
    }
    return this.send(args);
  }

  /** `TS.REVRANGE key from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [COUNT count] [[ALIGN align] AGGREGATION aggregators bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]]`, since timeseries-1.4.0. */
  tsRevrange(key: Arg, fromTimestamp: Arg, toTimestamp: Arg, options?: TsRevrangeOptions): Out<K, Array<Sample<S>>> {
    const args: Arg[] = ["TS.REVRANGE", key, fromTimestamp, toTimestamp];
    if (given("TS.REVRANGE", options, ["latest", "filterByTs", "filterByValue", "count", "aggregation"])) {
      if (options.latest) args.push("LATEST");
      if (options.filterByTs !== undefined) {
        args.push("FILTER_BY_TS");
        many(args, options.filterByTs);
      }
      if (given("TS.REVRANGE", options.filterByValue, ["min", "max"])) {
        args.push("FILTER_BY_VALUE", options.filterByValue.min, options.filterByValue.max);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (given("TS.REVRANGE", options.aggregation, ["align", "aggregators", "bucketDuration", "buckettimestamp", "empty"])) {
        if (options.aggregation.align !== undefined) {
          args.push("ALIGN", options.aggregation.align);
        }
        args.push("AGGREGATION", options.aggregation.aggregators, options.aggregation.bucketDuration);
        if (options.aggregation.buckettimestamp !== undefined) {
          args.push("BUCKETTIMESTAMP", options.aggregation.buckettimestamp);
        }
        if (options.aggregation.empty) args.push("EMPTY");
      }
    }
    return this.send(args);
  }

  /** `TTL key`, since 1.0.0. */
  ttl(key: Arg): Out<K, number | -1 | -2> {
    return this.send(["TTL", key]);
  }

  /** `TYPE key`, since 1.0.0. */
  type(key: Arg): Out<K, S> {
    return this.send(["TYPE", key]);
  }

  /** `UNLINK key [key ...]`, since 4.0.0. */
  unlink(keys: Many): Out<K, number> {
    const args: Arg[] = ["UNLINK"];
    many(args, keys);
    return this.send(args);
  }

  /** `UNWATCH`, since 2.2.0. */
  unwatch(): Out<K, "OK"> {
    return this.send(["UNWATCH"]);
  }

  /** `VADD key [REDUCE dim] vector element [CAS] [NOQUANT | Q8 | BIN] [EF build-exploration-factor] [SETATTR attributes] [M numlinks]`, since redis-8.0.0. */
  vadd(key: Arg, vector: Many, element: Arg, options?: VaddOptions): Out<K, boolean> {
    const args: Arg[] = ["VADD", key];
    if (given("VADD", options, ["reduce"])) {
      if (options.reduce !== undefined) {
        args.push("REDUCE", options.reduce);
      }
    }
    many(args, vector);
    args.push(element);
    if (given("VADD", options, ["cas", ["noquant", "q8", "bin"], "ef", "setattr", "m"])) {
      if (options.cas) args.push("CAS");
      if (options.noquant) args.push("NOQUANT");
      if (options.q8) args.push("Q8");
      if (options.bin) args.push("BIN");
      if (options.ef !== undefined) {
        args.push("EF", options.ef);
      }
      if (options.setattr !== undefined) {
        args.push("SETATTR", options.setattr);
      }
      if (options.m !== undefined) {
        args.push("M", options.m);
      }
    }
    return this.send(args);
  }

  /** `VCARD key`, since redis-8.0.0. */
  vcard(key: Arg): Out<K, number> {
    return this.send(["VCARD", key]);
  }

  /** `VDIM key`, since redis-8.0.0. */
  vdim(key: Arg): Out<K, number> {
    return this.send(["VDIM", key]);
  }

  /** `VEMB key element`, since redis-8.0.0. */
  vemb(key: Arg, element: Arg): Out<K, null | Array<number>> {
    return this.send(["VEMB", key, element]);
  }

  /** `VEMB key element RAW`, since redis-8.0.0. */
  vembRaw(key: Arg, element: Arg): Out<K, Value<S>> {
    return this.send(["VEMB", key, element, "RAW"]);
  }

  /** `VGETATTR key element`, since redis-8.0.0. */
  vgetattr(key: Arg, element: Arg): Out<K, S | null> {
    return this.send(["VGETATTR", key, element]);
  }

  /** `VINFO key`, since redis-8.0.0. */
  vinfo(key: Arg): Out<K, Map<S, Value<S>> | null> {
    return this.send(["VINFO", key]);
  }

  /** `VISMEMBER key element`, since redis-8.0.0. */
  vismember(key: Arg, element: Arg): Out<K, boolean> {
    return this.send(["VISMEMBER", key, element]);
  }

  /** `VLINKS key element`, since redis-8.0.0. */
  vlinks(key: Arg, element: Arg): Out<K, null | Array<Array<S>>> {
    return this.send(["VLINKS", key, element]);
  }

  /** `VLINKS key element WITHSCORES`, since redis-8.0.0. */
  vlinksWithscores(key: Arg, element: Arg): Out<K, null | Array<Array<[S, number]>>> {
    return this.send(["VLINKS", key, element, "WITHSCORES"]);
  }

  /** `VRANDMEMBER key`, since redis-8.0.0. */
  vrandmember(key: Arg): Out<K, S | null> {
    return this.send(["VRANDMEMBER", key]);
  }

  /** `VRANDMEMBER key count`, since redis-8.0.0. */
  vrandmemberCount(key: Arg, count: Int): Out<K, Array<S>> {
    return this.send(["VRANDMEMBER", key, count]);
  }

  /** `VRANGE key start end [count]`, since redis-8.4.0. */
  vrange(key: Arg, start: Arg, end: Arg, count?: Int): Out<K, Array<S>> {
    const args: Arg[] = ["VRANGE", key, start, end];
    if (count !== undefined) {
      args.push(count);
    }
    return this.send(args);
  }

  /** `VREM key element`, since redis-8.0.0. */
  vrem(key: Arg, element: Arg): Out<K, boolean> {
    return this.send(["VREM", key, element]);
  }

  /** `VSETATTR key element json`, since redis-8.0.0. */
  vsetattr(key: Arg, element: Arg, json: Arg): Out<K, boolean> {
    return this.send(["VSETATTR", key, element, json]);
  }

  /** `VSIM key query [COUNT count] [EPSILON delta] [EF search-exploration-factor] [FILTER expression] [FILTER-EF max-filtering-effort] [TRUTH] [NOTHREAD]`, since redis-8.0.0. */
  vsim(key: Arg, query: Many, options?: VsimOptions): Out<K, Array<S>> {
    const args: Arg[] = ["VSIM", key];
    many(args, query);
    if (given("VSIM", options, ["count", "epsilon", "ef", "filter", "filterEf", "truth", "nothread"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (options.epsilon !== undefined) {
        args.push("EPSILON", options.epsilon);
      }
      if (options.ef !== undefined) {
        args.push("EF", options.ef);
      }
      if (options.filter !== undefined) {
        args.push("FILTER", options.filter);
      }
      if (options.filterEf !== undefined) {
        args.push("FILTER-EF", options.filterEf);
      }
      if (options.truth) args.push("TRUTH");
      if (options.nothread) args.push("NOTHREAD");
    }
    return this.send(args);
  }

  /** `VSIM key query WITHSCORES [COUNT count] [EPSILON delta] [EF search-exploration-factor] [FILTER expression] [FILTER-EF max-filtering-effort] [TRUTH] [NOTHREAD]`, since redis-8.0.0. */
  vsimWithscores(key: Arg, query: Many, options?: VsimWithscoresOptions): Out<K, Array<[S, number]>> {
    const args: Arg[] = ["VSIM", key];
    many(args, query);
    args.push("WITHSCORES");
    if (given("VSIM", options, ["count", "epsilon", "ef", "filter", "filterEf", "truth", "nothread"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (options.epsilon !== undefined) {
        args.push("EPSILON", options.epsilon);
      }
      if (options.ef !== undefined) {
        args.push("EF", options.ef);
      }
      if (options.filter !== undefined) {
        args.push("FILTER", options.filter);
      }
      if (options.filterEf !== undefined) {
        args.push("FILTER-EF", options.filterEf);
      }
      if (options.truth) args.push("TRUTH");
      if (options.nothread) args.push("NOTHREAD");
    }
    return this.send(args);
  }

  /** `WAIT numreplicas timeout`, since 3.0.0. */
  wait(numreplicas: Int, timeout: Int): Out<K, number> {
    return this.send(["WAIT", numreplicas, timeout]);
  }

  /** `WAITAOF numlocal numreplicas timeout`, since 7.2.0. */
  waitaof(numlocal: Int, numreplicas: Int, timeout: Int): Out<K, [number, number]> {
    return this.send(["WAITAOF", numlocal, numreplicas, timeout]);
  }

  /** `WATCH key [key ...]`, since 2.2.0. */
  watch(keys: Many): Out<K, "OK"> {
    const args: Arg[] = ["WATCH"];
    many(args, keys);
    return this.send(args);
  }

  /** `XACK key group ID [ID ...]`, since 5.0.0. */
  xack(key: Arg, group: Arg, ids: Many): Out<K, number> {
    const args: Arg[] = ["XACK", key, group];
    many(args, ids);
    return this.send(args);
  }

  /** `XACKDEL key group [KEEPREF | DELREF | ACKED] IDS numids id [id ...]`, since redis-8.2.0. */
  xackdel(key: Arg, group: Arg, ids: Many, options?: XackdelOptions): Out<K, Array<number>> {
    const args: Arg[] = ["XACKDEL", key, group];
    if (given("XACKDEL", options, [["keepref", "delref", "acked"]])) {
      if (options.keepref) args.push("KEEPREF");
      if (options.delref) args.push("DELREF");
      if (options.acked) args.push("ACKED");
    }
    args.push("IDS");
    counted(args, 1, ids);
    return this.send(args);
  }

  /** `XADD key [NOMKSTREAM] [KEEPREF | DELREF | ACKED] [IDMPAUTO pid | IDMP pid iid] [trim] id field value [field value ...]`, since 5.0.0. */
  xadd(key: Arg, id: Arg, pairs: Pairs): Out<K, S>;
  xadd(key: Arg, id: Arg, pairs: Pairs, options: XaddOptions): Out<K, S | null>;
  xadd(key: Arg, id: Arg, pairs: Pairs, options?: XaddOptions): unknown {
    const args: Arg[] = ["XADD", key];
    if (given("XADD", options, ["nomkstream", ["keepref", "delref", "acked"], ["idmpauto", "idmp"], "trim"])) {
      if (options.nomkstream) args.push("NOMKSTREAM");
      if (options.keepref) args.push("KEEPREF");
      if (options.delref) args.push("DELREF");
      if (options.acked) args.push("ACKED");
      if (options.idmpauto !== undefined) {
        args.push("IDMPAUTO", options.idmpauto);
      }
      if (options.idmp !== undefined) {
        args.push("IDMP", options.idmp[0], options.idmp[1]);
      }
      if (options.trim !== undefined) {
        trim(args, options.trim);
      }
    }
    args.push(id);
    groups(args, 2, pairs);
    return this.send(args);
  }

  /** `XAUTOCLAIM key group consumer min-idle-time start [COUNT count]`, since 6.2.0. */
  xautoclaim(key: Arg, group: Arg, consumer: Arg, minIdleTime: Int, start: Arg, options?: XautoclaimOptions): Out<K, Autoclaimed<S, StreamEntry<S>>> {
    const args: Arg[] = ["XAUTOCLAIM", key, group, consumer, minIdleTime, start];
    if (given("XAUTOCLAIM", options, ["count"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `XAUTOCLAIM key group consumer min-idle-time start [COUNT count] JUSTID`, since 6.2.0. */
  xautoclaimJustid(key: Arg, group: Arg, consumer: Arg, minIdleTime: Int, start: Arg, options?: XautoclaimJustidOptions): Out<K, Autoclaimed<S, S>> {
    const args: Arg[] = ["XAUTOCLAIM", key, group, consumer, minIdleTime, start];
    if (given("XAUTOCLAIM", options, ["count"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    args.push("JUSTID");
    return this.send(args);
  }

  /** `XCFGSET key [IDMP-DURATION idmp-duration] [IDMP-MAXSIZE idmp-maxsize]`, since redis-8.6.0. */
  xcfgset(key: Arg, options?: XcfgsetOptions): Out<K, "OK"> {
    const args: Arg[] = ["XCFGSET", key];
    if (given("XCFGSET", options, ["idmpDuration", "idmpMaxsize"])) {
      if (options.idmpDuration !== undefined) {
        args.push("IDMP-DURATION", options.idmpDuration);
      }
      if (options.idmpMaxsize !== undefined) {
        args.push("IDMP-MAXSIZE", options.idmpMaxsize);
      }
    }
    return this.send(args);
  }

  /** `XCLAIM key group consumer min-idle-time ID [ID ...] [IDLE ms] [TIME unix-time-milliseconds] [RETRYCOUNT count] [FORCE] [LASTID lastid]`, since 5.0.0. */
  xclaim(key: Arg, group: Arg, consumer: Arg, minIdleTime: Int, ids: Many, options?: XclaimOptions): Out<K, Array<StreamEntry<S>>> {
    const args: Arg[] = ["XCLAIM", key, group, consumer, minIdleTime];
    many(args, ids);
    if (given("XCLAIM", options, ["idle", "time", "retrycount", "force", "lastid"])) {
      if (options.idle !== undefined) {
        args.push("IDLE", options.idle);
      }
      if (options.time !== undefined) {
        args.push("TIME", options.time);
      }
      if (options.retrycount !== undefined) {
        args.push("RETRYCOUNT", options.retrycount);
      }
      if (options.force) args.push("FORCE");
      if (options.lastid !== undefined) {
        args.push("LASTID", options.lastid);
      }
    }
    return this.send(args);
  }

  /** `XCLAIM key group consumer min-idle-time ID [ID ...] JUSTID [IDLE ms] [TIME unix-time-milliseconds] [RETRYCOUNT count] [FORCE] [LASTID lastid]`, since 5.0.0. */
  xclaimJustid(key: Arg, group: Arg, consumer: Arg, minIdleTime: Int, ids: Many, options?: XclaimJustidOptions): Out<K, Array<S>> {
    const args: Arg[] = ["XCLAIM", key, group, consumer, minIdleTime];
    many(args, ids);
    args.push("JUSTID");
    if (given("XCLAIM", options, ["idle", "time", "retrycount", "force", "lastid"])) {
      if (options.idle !== undefined) {
        args.push("IDLE", options.idle);
      }
      if (options.time !== undefined) {
        args.push("TIME", options.time);
      }
      if (options.retrycount !== undefined) {
        args.push("RETRYCOUNT", options.retrycount);
      }
      if (options.force) args.push("FORCE");
      if (options.lastid !== undefined) {
        args.push("LASTID", options.lastid);
      }
    }
    return this.send(args);
  }

  /** `XDEL key ID [ID ...]`, since 5.0.0. */
  xdel(key: Arg, ids: Many): Out<K, number> {
    const args: Arg[] = ["XDEL", key];
    many(args, ids);
    return this.send(args);
  }

  /** `XDELEX key [KEEPREF | DELREF | ACKED] IDS numids id [id ...]`, since redis-8.2.0. */
  xdelex(key: Arg, ids: Many, options?: XdelexOptions): Out<K, Array<number>> {
    const args: Arg[] = ["XDELEX", key];
    if (given("XDELEX", options, [["keepref", "delref", "acked"]])) {
      if (options.keepref) args.push("KEEPREF");
      if (options.delref) args.push("DELREF");
      if (options.acked) args.push("ACKED");
    }
    args.push("IDS");
    counted(args, 1, ids);
    return this.send(args);
  }

  /** `XGROUP CREATE key group <id | $> [MKSTREAM] [ENTRIESREAD entriesread]`, since 5.0.0. */
  xgroupCreate(key: Arg, group: Arg, id: Arg, options?: XgroupCreateOptions): Out<K, "OK"> {
    const args: Arg[] = ["XGROUP", "CREATE", key, group, id];
    if (given("XGROUP CREATE", options, ["mkstream", "entriesread"])) {
      if (options.mkstream) args.push("MKSTREAM");
      if (options.entriesread !== undefined) {
        args.push("ENTRIESREAD", options.entriesread);
      }
    }
    return this.send(args);
  }

  /** `XGROUP CREATECONSUMER key group consumer`, since 6.2.0. */
  xgroupCreateconsumer(key: Arg, group: Arg, consumer: Arg): Out<K, 1 | 0> {
    return this.send(["XGROUP", "CREATECONSUMER", key, group, consumer]);
  }

  /** `XGROUP DELCONSUMER key group consumer`, since 5.0.0. */
  xgroupDelconsumer(key: Arg, group: Arg, consumer: Arg): Out<K, number> {
    return this.send(["XGROUP", "DELCONSUMER", key, group, consumer]);
  }

  /** `XGROUP DESTROY key group`, since 5.0.0. */
  xgroupDestroy(key: Arg, group: Arg): Out<K, 1 | 0> {
    return this.send(["XGROUP", "DESTROY", key, group]);
  }

  /** `XGROUP HELP`, since 5.0.0. */
  xgroupHelp(): Out<K, Array<S>> {
    return this.send(["XGROUP", "HELP"]);
  }

  /** `XGROUP SETID key group <id | $> [ENTRIESREAD entriesread]`, since 5.0.0. */
  xgroupSetid(key: Arg, group: Arg, id: Arg, options?: XgroupSetidOptions): Out<K, "OK"> {
    const args: Arg[] = ["XGROUP", "SETID", key, group, id];
    if (given("XGROUP SETID", options, ["entriesread"])) {
      if (options.entriesread !== undefined) {
        args.push("ENTRIESREAD", options.entriesread);
      }
    }
    return this.send(args);
  }

  /** `XINFO CONSUMERS key group`, since 5.0.0. */
  xinfoConsumers(key: Arg, group: Arg): Out<K, Array<Fields<S, { "name": S; "pending": number; "idle": number; "inactive": number | undefined }>>> {
    return this.send(["XINFO", "CONSUMERS", key, group]);
  }

  /** `XINFO GROUPS key`, since 5.0.0. */
  xinfoGroups(key: Arg): Out<K, Array<Fields<S, { "name": S; "consumers": number; "pending": number; "last-delivered-id": S; "entries-read": null | number | undefined; "lag": null | number | undefined }>>> {
    return this.send(["XINFO", "GROUPS", key]);
  }

  /** `XINFO HELP`, since 5.0.0. */
  xinfoHelp(): Out<K, Array<S>> {
    return this.send(["XINFO", "HELP"]);
  }

  /** `XINFO STREAM key`, since 5.0.0. */
  xinfoStream(key: Arg): Out<K, Fields<S, { "length": number; "radix-tree-keys": number; "radix-tree-nodes": number; "last-generated-id": S; "max-deleted-entry-id": S | undefined; "recorded-first-entry-id": S | undefined; "entries-added": number | undefined; "groups": number; "first-entry": null | StreamEntry<S>; "last-entry": null | StreamEntry<S> }>> {
    return this.send(["XINFO", "STREAM", key]);
  }

  /** `XINFO STREAM key FULL [COUNT count]`, since 5.0.0. */
  xinfoStreamFull(key: Arg, options?: XinfoStreamFullOptions): Out<K, Fields<S, { "length": number; "radix-tree-keys": number; "radix-tree-nodes": number; "last-generated-id": S; "max-deleted-entry-id": S | undefined; "recorded-first-entry-id": S | undefined; "entries-added": number | undefined; "entries": Array<StreamEntry<S>>; "groups": Array<Fields<S, { "name": S; "last-delivered-id": S; "entries-read": null | number | undefined; "lag": null | number | undefined; "pel-count": number; "pending": Array<[S, S, number, number]>; "consumers": Array<Fields<S, { "name": S; "active-time": number | undefined; "seen-time": number; "pel-count": number; "pending": Array<[S, number, number]> }>> }>> }>> {
    const args: Arg[] = ["XINFO", "STREAM", key, "FULL"];
    if (given("XINFO STREAM", options, ["count"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `XLEN key`, since 5.0.0. */
  xlen(key: Arg): Out<K, number> {
    return this.send(["XLEN", key]);
  }

  /** `XNACK key group <SILENT | FAIL | FATAL> IDS numids id [id ...] [RETRYCOUNT count] [FORCE]`, since redis-8.8.0. */
  xnack(key: Arg, group: Arg, nackmode: NackMode, ids: Many, options?: XnackOptions): Out<K, number> {
    const args: Arg[] = ["XNACK", key, group, nackmode, "IDS"];
    counted(args, 1, ids);
    if (given("XNACK", options, ["retrycount", "force"])) {
      if (options.retrycount !== undefined) {
        args.push("RETRYCOUNT", options.retrycount);
      }
      if (options.force) args.push("FORCE");
    }
    return this.send(args);
  }

  /** `XPENDING key group`, since 5.0.0. */
  xpending(key: Arg, group: Arg): Out<K, PendingSummary<S>> {
    return this.send(["XPENDING", key, group]);
  }

  /** `XPENDING key group [IDLE min-idle-time] start end count [consumer]`, since 5.0.0. */
  xpendingRange(key: Arg, group: Arg, start: Arg, end: Arg, count: Int, options?: XpendingRangeOptions): Out<K, Array<[S, S, number, number]>> {
    const args: Arg[] = ["XPENDING", key, group];
    if (given("XPENDING", options, ["idle"])) {
      if (options.idle !== undefined) {
        args.push("IDLE", options.idle);
      }
    }
    args.push(start, end, count);
    if (given("XPENDING", options, ["consumer"])) {
      if (options.consumer !== undefined) {
        args.push(options.consumer);
      }
    }
    return this.send(args);
  }

  /** `XRANGE key start end [COUNT count]`, since 5.0.0. */
  xrange(key: Arg, start: Arg, end: Arg, options?: XrangeOptions): Out<K, Array<StreamEntry<S>>> {
    const args: Arg[] = ["XRANGE", key, start, end];
    if (given("XRANGE", options, ["count"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `XREAD [COUNT count] [MAXCOUNT maxcount] [MAXSIZE maxsize] [BLOCK milliseconds] STREAMS streams`, since 5.0.0. */
  xread(streams_: Streams, options?: XreadOptions): Out<K, null | Map<S, Array<StreamEntry<S>>>> {
    const args: Arg[] = ["XREAD"];
    if (given("XREAD", options, ["count", "maxcount", "maxsize", "block"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (options.maxcount !== undefined) {
        args.push("MAXCOUNT", options.maxcount);
      }
      if (options.maxsize !== undefined) {
        args.push("MAXSIZE", options.maxsize);
      }
      if (options.block !== undefined) {
        args.push("BLOCK", options.block);
      }
    }
    args.push("STREAMS");
    streams(args, streams_);
    return this.send(args);
  }

  /** `XREADGROUP GROUP group consumer [COUNT count] [MAXCOUNT maxcount] [MAXSIZE maxsize] [BLOCK milliseconds] [CLAIM min-idle-time] [NOACK] STREAMS streams`, since 5.0.0. */
  xreadgroup(group: Arg, consumer: Arg, streams_: Streams, options?: XreadgroupOptions): Out<K, null | Map<S, Array<StreamEntry<S>>>> {
    const args: Arg[] = ["XREADGROUP", "GROUP", group, consumer];
    if (given("XREADGROUP", options, ["count", "maxcount", "maxsize", "block", "claim", "noack"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
      if (options.maxcount !== undefined) {
        args.push("MAXCOUNT", options.maxcount);
      }
      if (options.maxsize !== undefined) {
        args.push("MAXSIZE", options.maxsize);
      }
      if (options.block !== undefined) {
        args.push("BLOCK", options.block);
      }
      if (options.claim !== undefined) {
        args.push("CLAIM", options.claim);
      }
      if (options.noack) args.push("NOACK");
    }
    args.push("STREAMS");
    streams(args, streams_);
    return this.send(args);
  }

  /** `XREVRANGE key end start [COUNT count]`, since 5.0.0. */
  xrevrange(key: Arg, end: Arg, start: Arg, options?: XrevrangeOptions): Out<K, Array<StreamEntry<S>>> {
    const args: Arg[] = ["XREVRANGE", key, end, start];
    if (given("XREVRANGE", options, ["count"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `XSETID key last-id [ENTRIESADDED entries-added] [MAXDELETEDID max-deleted-id]`, since 5.0.0. */
  xsetid(key: Arg, lastId: Arg, options?: XsetidOptions): Out<K, "OK"> {
    const args: Arg[] = ["XSETID", key, lastId];
    if (given("XSETID", options, ["entriesadded", "maxdeletedid"])) {
      if (options.entriesadded !== undefined) {
        args.push("ENTRIESADDED", options.entriesadded);
      }
      if (options.maxdeletedid !== undefined) {
        args.push("MAXDELETEDID", options.maxdeletedid);
      }
    }
    return this.send(args);
  }

  /** `XTRIM key trim`, since 5.0.0. */
  xtrim(key: Arg, trim_: Trim): Out<K, number> {
    const args: Arg[] = ["XTRIM", key];
    trim(args, trim_);
    return this.send(args);
  }

  /** `ZADD key [NX | XX] [GT | LT] [CH] members`, since 1.2.0. */
  zadd(key: Arg, members: ScoredMembers, options?: ZaddOptions): Out<K, number> {
    const args: Arg[] = ["ZADD", key];
    if (given("ZADD", options, [["nx", "xx"], ["gt", "lt"], "ch"])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.gt) args.push("GT");
      if (options.lt) args.push("LT");
      if (options.ch) args.push("CH");
    }
    scoredMembers(args, members);
    return this.send(args);
  }

  /** `ZADD key [NX | XX] [GT | LT] [CH] INCR score member`, since 1.2.0. */
  zaddIncr(key: Arg, score: Int, member: Arg, options?: ZaddIncrOptions): Out<K, number | null> {
    const args: Arg[] = ["ZADD", key];
    if (given("ZADD", options, [["nx", "xx"], ["gt", "lt"], "ch"])) {
      if (options.nx) args.push("NX");
      if (options.xx) args.push("XX");
      if (options.gt) args.push("GT");
      if (options.lt) args.push("LT");
      if (options.ch) args.push("CH");
    }
    args.push("INCR", score, member);
    return this.send(args);
  }

  /** `ZCARD key`, since 1.2.0. */
  zcard(key: Arg): Out<K, number> {
    return this.send(["ZCARD", key]);
  }

  /** `ZCOUNT key min max`, since 2.0.0. */
  zcount(key: Arg, min: Arg, max: Arg): Out<K, number> {
    return this.send(["ZCOUNT", key, min, max]);
  }

  /** `ZDIFF numkeys key [key ...]`, since 6.2.0. */
  zdiff(keys: Many): Out<K, Array<S>> {
    const args: Arg[] = ["ZDIFF"];
    counted(args, 1, keys);
    return this.send(args);
  }

  /** `ZDIFF numkeys key [key ...] WITHSCORES`, since 6.2.0. */
  zdiffWithscores(keys: Many): Out<K, Array<[S, number]>> {
    const args: Arg[] = ["ZDIFF"];
    counted(args, 1, keys);
    args.push("WITHSCORES");
    return this.send(args);
  }

  /** `ZDIFFSTORE destination numkeys key [key ...]`, since 6.2.0. */
  zdiffstore(destination: Arg, keys: Many): Out<K, number> {
    const args: Arg[] = ["ZDIFFSTORE", destination];
    counted(args, 1, keys);
    return this.send(args);
  }

  /** `ZINCRBY key increment member`, since 1.2.0. */
  zincrby(key: Arg, increment: Int, member: Arg): Out<K, number> {
    return this.send(["ZINCRBY", key, increment, member]);
  }

  /** `ZINTER numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>]`, since 6.2.0. */
  zinter(keys: Many, options?: ZinterOptions): Out<K, Array<S>> {
    const args: Arg[] = ["ZINTER"];
    counted(args, 1, keys);
    if (given("ZINTER", options, ["weights", "aggregate"])) {
      if (options.weights !== undefined) {
        args.push("WEIGHTS");
        many(args, options.weights);
      }
      if (options.aggregate !== undefined) {
        args.push("AGGREGATE", options.aggregate);
      }
    }
    return this.send(args);
  }

  /** `ZINTER numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>] WITHSCORES`, since 6.2.0. */
  zinterWithscores(keys: Many, options?: ZinterWithscoresOptions): Out<K, Array<[S, number]>> {
    const args: Arg[] = ["ZINTER"];
    counted(args, 1, keys);
    if (given("ZINTER", options, ["weights", "aggregate"])) {
      if (options.weights !== undefined) {
        args.push("WEIGHTS");
        many(args, options.weights);
      }
      if (options.aggregate !== undefined) {
        args.push("AGGREGATE", options.aggregate);
      }
    }
    args.push("WITHSCORES");
    return this.send(args);
  }

  /** `ZINTERCARD numkeys key [key ...] [LIMIT limit]`, since 7.0.0. */
  zintercard(keys: Many, options?: ZintercardOptions): Out<K, number> {
    const args: Arg[] = ["ZINTERCARD"];
    counted(args, 1, keys);
    if (given("ZINTERCARD", options, ["limit"])) {
      if (options.limit !== undefined) {
        args.push("LIMIT", options.limit);
      }
    }
    return this.send(args);
  }

  /** `ZINTERSTORE destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>]`, since 2.0.0. */
  zinterstore(destination: Arg, keys: Many, options?: ZinterstoreOptions): Out<K, number> {
    const args: Arg[] = ["ZINTERSTORE", destination];
    counted(args, 1, keys);
    if (given("ZINTERSTORE", options, ["weights", "aggregate"])) {
      if (options.weights !== undefined) {
        args.push("WEIGHTS");
        many(args, options.weights);
      }
      if (options.aggregate !== undefined) {
        args.push("AGGREGATE", options.aggregate);
      }
    }
    return this.send(args);
  }

  /** `ZLEXCOUNT key min max`, since 2.8.9. */
  zlexcount(key: Arg, min: Arg, max: Arg): Out<K, number> {
    return this.send(["ZLEXCOUNT", key, min, max]);
  }

  /** `ZMPOP numkeys key [key ...] <MIN | MAX> [COUNT count]`, since 7.0.0. */
  zmpop(keys: Many, extreme: Extreme, options?: ZmpopOptions): Out<K, null | [S, Array<[S, number]>]> {
    const args: Arg[] = ["ZMPOP"];
    counted(args, 1, keys);
    args.push(extreme);
    if (given("ZMPOP", options, ["count"])) {
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `ZMSCORE key member [member ...]`, since 6.2.0. */
  zmscore(key: Arg, members: Many): Out<K, Array<number | null>> {
    const args: Arg[] = ["ZMSCORE", key];
    many(args, members);
    return this.send(args);
  }

  /** `ZPOPMAX key`, since 5.0.0. */
  zpopmax(key: Arg): Out<K, Perhaps<[S, number]>> {
    return this.send(["ZPOPMAX", key]);
  }

  /** `ZPOPMAX key count`, since 5.0.0. */
  zpopmaxCount(key: Arg, count: Int): Out<K, Array<[S, number]>> {
    return this.send(["ZPOPMAX", key, count]);
  }

  /** `ZPOPMIN key`, since 5.0.0. */
  zpopmin(key: Arg): Out<K, Perhaps<[S, number]>> {
    return this.send(["ZPOPMIN", key]);
  }

  /** `ZPOPMIN key count`, since 5.0.0. */
  zpopminCount(key: Arg, count: Int): Out<K, Array<[S, number]>> {
    return this.send(["ZPOPMIN", key, count]);
  }

  /** `ZRANDMEMBER key`, since 6.2.0. */
  zrandmember(key: Arg): Out<K, S | null> {
    return this.send(["ZRANDMEMBER", key]);
  }

  /** `ZRANDMEMBER key count`, since 6.2.0. */
  zrandmemberCount(key: Arg, count: Int): Out<K, Array<S>> {
    return this.send(["ZRANDMEMBER", key, count]);
  }

  /** `ZRANDMEMBER key count WITHSCORES`, since 6.2.0. */
  zrandmemberWithscores(key: Arg, count: Int): Out<K, Array<[S, number]>> {
    return this.send(["ZRANDMEMBER", key, count, "WITHSCORES"]);
  }

  /** `ZRANGE key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count]`, since 1.2.0. */
  zrange(key: Arg, start: Arg, stop: Arg, options?: ZrangeOptions): Out<K, Array<S>> {
    const args: Arg[] = ["ZRANGE", key, start, stop];
    if (given("ZRANGE", options, [["byscore", "bylex"], "rev", "limit"])) {
      if (options.byscore) args.push("BYSCORE");
      if (options.bylex) args.push("BYLEX");
      if (options.rev) args.push("REV");
      if (given("ZRANGE", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
    }
    return this.send(args);
  }

  /** `ZRANGE key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count] WITHSCORES`, since 1.2.0. */
  zrangeWithscores(key: Arg, start: Arg, stop: Arg, options?: ZrangeWithscoresOptions): Out<K, Array<[S, number]>> {
    const args: Arg[] = ["ZRANGE", key, start, stop];
    if (given("ZRANGE", options, [["byscore", "bylex"], "rev", "limit"])) {
      if (options.byscore) args.push("BYSCORE");
      if (options.bylex) args.push("BYLEX");
      if (options.rev) args.push("REV");
      if (given("ZRANGE", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
    }
    args.push("WITHSCORES");
    return this.send(args);
  }

  /** `ZRANGEBYLEX key min max [LIMIT offset count]`, since 2.8.9. */
  zrangebylex(key: Arg, min: Arg, max: Arg, options?: ZrangebylexOptions): Out<K, Array<S>> {
    const args: Arg[] = ["ZRANGEBYLEX", key, min, max];
    if (given("ZRANGEBYLEX", options, ["limit"])) {
      if (given("ZRANGEBYLEX", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
    }
    return this.send(args);
  }

  /** `ZRANGEBYSCORE key min max [LIMIT offset count]`, since 1.0.5. */
  zrangebyscore(key: Arg, min: Arg, max: Arg, options?: ZrangebyscoreOptions): Out<K, Array<S>> {
    const args: Arg[] = ["ZRANGEBYSCORE", key, min, max];
    if (given("ZRANGEBYSCORE", options, ["limit"])) {
      if (given("ZRANGEBYSCORE", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
    }
    return this.send(args);
  }

  /** `ZRANGEBYSCORE key min max WITHSCORES [LIMIT offset count]`, since 1.0.5. */
  zrangebyscoreWithscores(key: Arg, min: Arg, max: Arg, options?: ZrangebyscoreWithscoresOptions): Out<K, Array<[S, number]>> {
    const args: Arg[] = ["ZRANGEBYSCORE", key, min, max, "WITHSCORES"];
    if (given("ZRANGEBYSCORE", options, ["limit"])) {
      if (given("ZRANGEBYSCORE", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
    }
    return this.send(args);
  }

  /** `ZRANGESTORE dst src min max [BYSCORE | BYLEX] [REV] [LIMIT offset count]`, since 6.2.0. */
  zrangestore(dst: Arg, src: Arg, min: Arg, max: Arg, options?: ZrangestoreOptions): Out<K, number> {
    const args: Arg[] = ["ZRANGESTORE", dst, src, min, max];
    if (given("ZRANGESTORE", options, [["byscore", "bylex"], "rev", "limit"])) {
      if (options.byscore) args.push("BYSCORE");
      if (options.bylex) args.push("BYLEX");
      if (options.rev) args.push("REV");
      if (given("ZRANGESTORE", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
    }
    return this.send(args);
  }

  /** `ZRANK key member`, since 2.0.0. */
  zrank(key: Arg, member: Arg): Out<K, number | null> {
    return this.send(["ZRANK", key, member]);
  }

  /** `ZRANK key member WITHSCORE`, since 2.0.0. */
  zrankWithscore(key: Arg, member: Arg): Out<K, [number, number] | null> {
    return this.send(["ZRANK", key, member, "WITHSCORE"]);
  }

  /** `ZREM key member [member ...]`, since 1.2.0. */
  zrem(key: Arg, members: Many): Out<K, number> {
    const args: Arg[] = ["ZREM", key];
    many(args, members);
    return this.send(args);
  }

  /** `ZREMRANGEBYLEX key min max`, since 2.8.9. */
  zremrangebylex(key: Arg, min: Arg, max: Arg): Out<K, number> {
    return this.send(["ZREMRANGEBYLEX", key, min, max]);
  }

  /** `ZREMRANGEBYRANK key start stop`, since 2.0.0. */
  zremrangebyrank(key: Arg, start: Int, stop: Int): Out<K, number> {
    return this.send(["ZREMRANGEBYRANK", key, start, stop]);
  }

  /** `ZREMRANGEBYSCORE key min max`, since 1.2.0. */
  zremrangebyscore(key: Arg, min: Arg, max: Arg): Out<K, number> {
    return this.send(["ZREMRANGEBYSCORE", key, min, max]);
  }

  /** `ZREVRANGE key start stop`, since 1.2.0. */
  zrevrange(key: Arg, start: Int, stop: Int): Out<K, Array<S>> {
    return this.send(["ZREVRANGE", key, start, stop]);
  }

  /** `ZREVRANGE key start stop WITHSCORES`, since 1.2.0. */
  zrevrangeWithscores(key: Arg, start: Int, stop: Int): Out<K, Array<[S, number]>> {
    return this.send(["ZREVRANGE", key, start, stop, "WITHSCORES"]);
  }

  /** `ZREVRANGEBYLEX key max min [LIMIT offset count]`, since 2.8.9. */
  zrevrangebylex(key: Arg, max: Arg, min: Arg, options?: ZrevrangebylexOptions): Out<K, Array<S>> {
    const args: Arg[] = ["ZREVRANGEBYLEX", key, max, min];
    if (given("ZREVRANGEBYLEX", options, ["limit"])) {
      if (given("ZREVRANGEBYLEX", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
    }
    return this.send(args);
  }

  /** `ZREVRANGEBYSCORE key max min [LIMIT offset count]`, since 2.2.0. */
  zrevrangebyscore(key: Arg, max: Arg, min: Arg, options?: ZrevrangebyscoreOptions): Out<K, Array<S>> {
    const args: Arg[] = ["ZREVRANGEBYSCORE", key, max, min];
    if (given("ZREVRANGEBYSCORE", options, ["limit"])) {
      if (given("ZREVRANGEBYSCORE", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
    }
    return this.send(args);
  }

  /** `ZREVRANGEBYSCORE key max min WITHSCORES [LIMIT offset count]`, since 2.2.0. */
  zrevrangebyscoreWithscores(key: Arg, max: Arg, min: Arg, options?: ZrevrangebyscoreWithscoresOptions): Out<K, Array<[S, number]>> {
    const args: Arg[] = ["ZREVRANGEBYSCORE", key, max, min, "WITHSCORES"];
    if (given("ZREVRANGEBYSCORE", options, ["limit"])) {
      if (given("ZREVRANGEBYSCORE", options.limit, ["offset", "count"])) {
        args.push("LIMIT", options.limit.offset, options.limit.count);
      }
    }
    return this.send(args);
  }

  /** `ZREVRANK key member`, since 2.0.0. */
  zrevrank(key: Arg, member: Arg): Out<K, number | null> {
    return this.send(["ZREVRANK", key, member]);
  }

  /** `ZREVRANK key member WITHSCORE`, since 2.0.0. */
  zrevrankWithscore(key: Arg, member: Arg): Out<K, [number, number] | null> {
    return this.send(["ZREVRANK", key, member, "WITHSCORE"]);
  }

  /** `ZSCAN key cursor [MATCH pattern] [COUNT count]`, since 2.8.0. */
  zscan(key: Arg, cursor: Int, options?: ZscanOptions): Out<K, ScanPage<S>> {
    const args: Arg[] = ["ZSCAN", key, cursor];
    if (given("ZSCAN", options, ["match", "count"])) {
      if (options.match !== undefined) {
        args.push("MATCH", options.match);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    return this.send(args);
  }

  /** `ZSCAN key cursor [MATCH pattern] [COUNT count] NOSCORES`, since 2.8.0. */
  zscanNoscores(key: Arg, cursor: Int, options?: ZscanNoscoresOptions): Out<K, ScanPage<S>> {
    const args: Arg[] = ["ZSCAN", key, cursor];
    if (given("ZSCAN", options, ["match", "count"])) {
      if (options.match !== undefined) {
        args.push("MATCH", options.match);
      }
      if (options.count !== undefined) {
        args.push("COUNT", options.count);
      }
    }
    args.push("NOSCORES");
    return this.send(args);
  }

  /** `ZSCORE key member`, since 1.2.0. */
  zscore(key: Arg, member: Arg): Out<K, number | null> {
    return this.send(["ZSCORE", key, member]);
  }

  /** `ZUNION numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>]`, since 6.2.0. */
  zunion(keys: Many, options?: ZunionOptions): Out<K, Array<S>> {
    const args: Arg[] = ["ZUNION"];
    counted(args, 1, keys);
    if (given("ZUNION", options, ["weights", "aggregate"])) {
      if (options.weights !== undefined) {
        args.push("WEIGHTS");
        many(args, options.weights);
      }
      if (options.aggregate !== undefined) {
        args.push("AGGREGATE", options.aggregate);
      }
    }
    return this.send(args);
  }

  /** `ZUNION numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>] WITHSCORES`, since 6.2.0. */
  zunionWithscores(keys: Many, options?: ZunionWithscoresOptions): Out<K, Array<[S, number]>> {
    const args: Arg[] = ["ZUNION"];
    counted(args, 1, keys);
    if (given("ZUNION", options, ["weights", "aggregate"])) {
      if (options.weights !== undefined) {
        args.push("WEIGHTS");
        many(args, options.weights);
      }
      if (options.aggregate !== undefined) {
        args.push("AGGREGATE", options.aggregate);
      }
    }
    args.push("WITHSCORES");
    return this.send(args);
  }

  /** `ZUNIONSTORE destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>]`, since 2.0.0. */
  zunionstore(destination: Arg, keys: Many, options?: ZunionstoreOptions): Out<K, number> {
    const args: Arg[] = ["ZUNIONSTORE", destination];
    counted(args, 1, keys);
    if (given("ZUNIONSTORE", options, ["weights", "aggregate"])) {
      if (options.weights !== undefined) {
        args.push("WEIGHTS");
        many(args, options.weights);
      }
      if (options.aggregate !== undefined) {
        args.push("AGGREGATE", options.aggregate);
      }
    }
    return this.send(args);
  }
}

refuseSurplus(Commands.prototype);

const CLUSTER = {
  addSlots: "clusterAddslots",
  addSlotsRange: "clusterAddslotsrange",
  bumpEpoch: "clusterBumpepoch",
  cancelSlotMigrations: "clusterCancelslotmigrations",
  countFailureReports: "clusterCountFailureReports",
  countKeysInSlot: "clusterCountkeysinslot",
  delSlots: "clusterDelslots",
  delSlotsRange: "clusterDelslotsrange",
  failover: "clusterFailover",
  flushSlot: "clusterFlushslot",
  flushSlots: "clusterFlushslots",
  forget: "clusterForget",
  getKeysInSlot: "clusterGetkeysinslot",
  getSlotMigrations: "clusterGetslotmigrations",
  help: "clusterHelp",
  info: "clusterInfo",
  keyslot: "clusterKeyslot",
  links: "clusterLinks",
  meet: "clusterMeet",
  migrateSlots: "clusterMigrateslots",
  migrationCancel: "clusterMigrationCancel",
  migrationCancelAll: "clusterMigrationCancelAll",
  migrationImport: "clusterMigrationImport",
  migrationStatus: "clusterMigrationStatus",
  migrationStatusAll: "clusterMigrationStatusAll",
  myId: "clusterMyid",
  myShardId: "clusterMyshardid",
  nodes: "clusterNodes",
  replicas: "clusterReplicas",
  replicate: "clusterReplicate",
  reset: "clusterReset",
  saveConfig: "clusterSaveconfig",
  setConfigEpoch: "clusterSetConfigEpoch",
  setSlotImporting: "clusterSetslotImporting",
  setSlotMigrating: "clusterSetslotMigrating",
  setSlotNode: "clusterSetslotNode",
  setSlotStable: "clusterSetslotStable",
  shards: "clusterShards",
  slaves: "clusterSlaves",
  slotStatsOrderby: "clusterSlotStatsOrderby",
  slotStatsSlotsrange: "clusterSlotStatsSlotsrange",
  slots: "clusterSlots",
} as const;
