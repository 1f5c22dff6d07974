//! Every command and subcommand. Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

use alloc::borrow::Cow::Borrowed;

use super::{Packed, refusals};
use crate::{
    route::command::{Begin, Find, Flags as F, Handling, KeySpec, Keys, Merge, Pace, Request, Split, When},
    wire::shape::Shape,
};

const fn row(name: u16, length: u8, arity: i8, flags: u16, keys: u8, handling: u8) -> Packed {
    Packed { name, length, arity, flags, keys, handling }
}

/// By name, which puts subcommands behind their container.
pub(super) static ROWS: [Packed; 624] = [
    row(0, 3, -2, F::CONTAINER, 0, 0), // ACL
    row(3, 7, -2, F::HARMLESS, 0, 0), // ACL CAT
    row(10, 11, -3, F::ADMIN, 0, 1), // ACL DELUSER
    row(21, 10, -4, F::ADMIN | F::HARMLESS, 0, 0), // ACL DRYRUN
    row(31, 11, -2, F::HARMLESS, 0, 0), // ACL GENPASS
    row(42, 11, 3, F::ADMIN | F::HARMLESS, 0, 2), // ACL GETUSER
    row(53, 8, 2, F::HARMLESS, 0, 0), // ACL HELP
    row(61, 8, 2, F::ADMIN | F::HARMLESS, 0, 0), // ACL LIST
    row(69, 8, 2, F::ADMIN, 0, 3), // ACL LOAD
    row(77, 7, -2, F::ADMIN, 0, 4), // ACL LOG
    row(84, 8, 2, F::ADMIN, 0, 1), // ACL SAVE
    row(92, 11, -3, F::ADMIN, 0, 1), // ACL SETUSER
    row(103, 9, 2, F::ADMIN | F::HARMLESS, 0, 0), // ACL USERS
    row(112, 10, 2, F::HARMLESS, 0, 0), // ACL WHOAMI
    row(122, 6, 3, F::WRITE, 1, 0), // APPEND
    row(128, 7, 2, F::READONLY, 1, 0), // ARCOUNT
    row(135, 5, -3, F::WRITE, 1, 0), // ARDEL
    row(140, 10, -4, F::WRITE, 1, 0), // ARDELRANGE
    row(150, 5, 3, F::READONLY, 1, 0), // ARGET
    row(155, 10, 4, F::READONLY, 1, 0), // ARGETRANGE
    row(165, 6, -6, F::READONLY, 1, 0), // ARGREP
    row(171, 6, -2, F::READONLY, 1, 2), // ARINFO
    row(177, 8, -3, F::WRITE, 1, 0), // ARINSERT
    row(185, 11, -3, F::READONLY, 1, 0), // ARLASTITEMS
    row(196, 5, 2, F::READONLY, 1, 0), // ARLEN
    row(201, 6, -3, F::READONLY, 1, 0), // ARMGET
    row(207, 6, -4, F::WRITE, 1, 0), // ARMSET
    row(213, 6, 2, F::READONLY, 1, 0), // ARNEXT
    row(219, 4, -5, F::READONLY, 1, 0), // AROP
    row(223, 6, -4, F::WRITE, 1, 0), // ARRING
    row(229, 6, -4, F::READONLY, 1, 0), // ARSCAN
    row(235, 6, 3, F::WRITE, 1, 0), // ARSEEK
    row(241, 5, -4, F::WRITE, 1, 0), // ARSET
    row(246, 6, 1, 0, 0, 5), // ASKING
    row(252, 4, -2, 0, 0, 5), // AUTH
    row(256, 6, -2, F::CONTAINER, 0, 0), // BACKUP
    row(262, 12, 2, F::ADMIN, 0, 6), // BACKUP ABORT
    row(274, 14, 2, F::ADMIN, 0, 6), // BACKUP CLEANUP
    row(288, 11, 2, F::HARMLESS, 0, 0), // BACKUP HELP
    row(299, 11, 2, F::ADMIN | F::HARMLESS, 0, 6), // BACKUP LIST
    row(310, 11, 2, F::ADMIN, 0, 6), // BACKUP SEAL
    row(321, 12, 2, F::ADMIN, 0, 6), // BACKUP START
    row(333, 13, 2, F::ADMIN | F::HARMLESS, 0, 7), // BACKUP STATUS
    row(346, 6, 3, F::WRITE, 1, 8), // BF.ADD
    row(352, 7, 2, F::READONLY, 1, 0), // BF.CARD
    row(359, 8, 2, F::READONLY, 1, 0), // BF.DEBUG
    row(367, 9, 3, F::READONLY, 1, 8), // BF.EXISTS
    row(376, 7, -2, F::READONLY, 1, 9), // BF.INFO
    row(383, 9, -4, F::WRITE, 1, 10), // BF.INSERT
    row(392, 12, 4, F::WRITE, 1, 0), // BF.LOADCHUNK
    row(404, 7, -3, F::WRITE, 1, 10), // BF.MADD
    row(411, 10, -3, F::READONLY, 1, 10), // BF.MEXISTS
    row(421, 10, -4, F::WRITE, 1, 0), // BF.RESERVE
    row(431, 11, 3, F::READONLY, 1, 0), // BF.SCANDUMP
    row(442, 12, 1, F::ADMIN, 0, 6), // BGREWRITEAOF
    row(454, 6, -1, F::ADMIN, 0, 6), // BGSAVE
    row(460, 8, -2, F::READONLY, 1, 0), // BITCOUNT
    row(468, 8, -2, F::WRITE | F::WRITES_BY_TOKEN, 1, 0), // BITFIELD
    row(476, 11, -2, F::READONLY, 1, 0), // BITFIELD_RO
    row(487, 5, -4, F::WRITE, 2, 0), // BITOP
    row(492, 6, -3, F::READONLY, 1, 0), // BITPOS
    row(498, 6, 6, F::WRITE | F::BLOCKING, 3, 11), // BLMOVE
    row(504, 7, -6, F::WRITE | F::BLOCKING, 3, 12), // BLMOVEM
    row(511, 6, -5, F::WRITE | F::BLOCKING, 4, 13), // BLMPOP
    row(517, 5, -3, F::WRITE | F::BLOCKING, 5, 11), // BLPOP
    row(522, 5, -3, F::WRITE | F::BLOCKING, 5, 11), // BRPOP
    row(527, 10, 4, F::WRITE | F::BLOCKING, 3, 11), // BRPOPLPUSH
    row(537, 6, -5, F::WRITE | F::BLOCKING, 4, 14), // BZMPOP
    row(543, 8, -3, F::WRITE | F::BLOCKING, 5, 15), // BZPOPMAX
    row(551, 8, -3, F::WRITE | F::BLOCKING, 5, 15), // BZPOPMIN
    row(559, 6, 3, F::WRITE, 1, 8), // CF.ADD
    row(565, 8, 3, F::WRITE, 1, 8), // CF.ADDNX
    row(573, 10, 2, F::READONLY, 1, 0), // CF.COMPACT
    row(583, 8, 3, F::READONLY, 1, 0), // CF.COUNT
    row(591, 8, 2, F::READONLY, 1, 0), // CF.DEBUG
    row(599, 6, 3, F::WRITE, 1, 8), // CF.DEL
    row(605, 9, 3, F::READONLY, 1, 8), // CF.EXISTS
    row(614, 7, 2, F::READONLY, 1, 2), // CF.INFO
    row(621, 9, -4, F::WRITE, 1, 0), // CF.INSERT
    row(630, 11, -4, F::WRITE, 1, 0), // CF.INSERTNX
    row(641, 12, 4, F::WRITE, 1, 0), // CF.LOADCHUNK
    row(653, 10, -3, F::READONLY, 1, 10), // CF.MEXISTS
    row(663, 10, -3, F::WRITE, 1, 0), // CF.RESERVE
    row(673, 11, 3, F::READONLY, 1, 0), // CF.SCANDUMP
    row(684, 6, -2, F::CONTAINER, 0, 0), // CLIENT
    row(690, 14, 3, 0, 0, 5), // CLIENT CACHING
    row(704, 11, -3, 0, 0, 5), // CLIENT CAPA
    row(715, 14, 2, F::HARMLESS, 0, 0), // CLIENT GETNAME
    row(729, 15, 2, F::HARMLESS, 0, 0), // CLIENT GETREDIR
    row(744, 11, 2, F::HARMLESS, 0, 0), // CLIENT HELP
    row(755, 9, 2, F::HARMLESS, 0, 0), // CLIENT ID
    row(764, 20, 3, 0, 0, 5), // CLIENT IMPORT-SOURCE
    row(784, 11, 2, F::HARMLESS, 0, 16), // CLIENT INFO
    row(795, 11, -3, F::ADMIN, 0, 17), // CLIENT KILL
    row(806, 11, -2, F::ADMIN | F::HARMLESS, 0, 18), // CLIENT LIST
    row(817, 15, 3, F::ADMIN, 0, 5), // CLIENT NO-EVICT
    row(832, 15, 3, 0, 0, 5), // CLIENT NO-TOUCH
    row(847, 12, -3, F::ADMIN, 0, 6), // CLIENT PAUSE
    row(859, 12, 3, 0, 0, 5), // CLIENT REPLY
    row(871, 14, 4, 0, 0, 1), // CLIENT SETINFO
    row(885, 14, 3, 0, 0, 1), // CLIENT SETNAME
    row(899, 15, -3, 0, 0, 5), // CLIENT TRACKING
    row(914, 19, 2, F::HARMLESS, 0, 2), // CLIENT TRACKINGINFO
    row(933, 14, -3, F::ADMIN, 0, 19), // CLIENT UNBLOCK
    row(947, 14, 2, F::ADMIN, 0, 6), // CLIENT UNPAUSE
    row(961, 7, -2, F::CONTAINER, 0, 0), // CLUSTER
    row(968, 16, -3, F::ADMIN, 0, 6), // CLUSTER ADDSLOTS
    row(984, 21, -4, F::ADMIN, 0, 6), // CLUSTER ADDSLOTSRANGE
    row(1005, 17, 2, F::ADMIN, 0, 6), // CLUSTER BUMPEPOCH
    row(1022, 28, 2, F::ADMIN, 0, 6), // CLUSTER CANCELSLOTMIGRATIONS
    row(1050, 29, 3, F::ADMIN | F::HARMLESS, 0, 6), // CLUSTER COUNT-FAILURE-REPORTS
    row(1079, 23, 3, F::HARMLESS, 0, 20), // CLUSTER COUNTKEYSINSLOT
    row(1102, 16, -3, F::ADMIN, 0, 6), // CLUSTER DELSLOTS
    row(1118, 21, -4, F::ADMIN, 0, 6), // CLUSTER DELSLOTSRANGE
    row(1139, 16, -2, F::ADMIN, 0, 3), // CLUSTER FAILOVER
    row(1155, 17, -3, F::WRITE | F::ADMIN, 0, 21), // CLUSTER FLUSHSLOT
    row(1172, 18, 2, F::ADMIN, 0, 6), // CLUSTER FLUSHSLOTS
    row(1190, 14, 3, F::ADMIN, 0, 6), // CLUSTER FORGET
    row(1204, 21, 4, F::HARMLESS, 0, 20), // CLUSTER GETKEYSINSLOT
    row(1225, 25, 2, F::ADMIN | F::HARMLESS, 0, 22), // CLUSTER GETSLOTMIGRATIONS
    row(1250, 12, 2, F::HARMLESS, 0, 0), // CLUSTER HELP
    row(1262, 12, 2, F::HARMLESS, 0, 16), // CLUSTER INFO
    row(1274, 15, 3, F::HARMLESS, 0, 0), // CLUSTER KEYSLOT
    row(1289, 13, 2, F::HARMLESS, 0, 4), // CLUSTER LINKS
    row(1302, 12, -4, F::ADMIN, 0, 6), // CLUSTER MEET
    row(1314, 20, -4, F::ADMIN, 0, 6), // CLUSTER MIGRATESLOTS
    row(1334, 17, -4, F::ADMIN, 0, 6), // CLUSTER MIGRATION
    row(1351, 12, 2, F::HARMLESS, 0, 6), // CLUSTER MYID
    row(1363, 17, 2, F::HARMLESS, 0, 6), // CLUSTER MYSHARDID
    row(1380, 13, 2, F::HARMLESS, 0, 16), // CLUSTER NODES
    row(1393, 16, 3, F::ADMIN | F::HARMLESS, 0, 0), // CLUSTER REPLICAS
    row(1409, 17, 3, F::ADMIN, 0, 6), // CLUSTER REPLICATE
    row(1426, 13, -2, F::ADMIN, 0, 3), // CLUSTER RESET
    row(1439, 18, 2, F::ADMIN, 0, 6), // CLUSTER SAVECONFIG
    row(1457, 24, 3, F::ADMIN, 0, 6), // CLUSTER SET-CONFIG-EPOCH
    row(1481, 15, -4, F::ADMIN, 0, 6), // CLUSTER SETSLOT
    row(1496, 14, 2, F::HARMLESS, 0, 23), // CLUSTER SHARDS
    row(1510, 14, 3, F::ADMIN | F::HARMLESS, 0, 0), // CLUSTER SLAVES
    row(1524, 18, -4, F::HARMLESS, 0, 24), // CLUSTER SLOT-STATS
    row(1542, 13, 2, F::HARMLESS, 0, 0), // CLUSTER SLOTS
    row(1555, 17, -3, F::ADMIN, 0, 25), // CLUSTER SYNCSLOTS
    row(1572, 10, -4, F::WRITE, 1, 0), // CMS.INCRBY
    row(1582, 8, 2, F::READONLY, 1, 2), // CMS.INFO
    row(1590, 13, 4, F::WRITE, 1, 0), // CMS.INITBYDIM
    row(1603, 14, 4, F::WRITE, 1, 0), // CMS.INITBYPROB
    row(1617, 9, -4, F::WRITE, 6, 0), // CMS.MERGE
    row(1626, 9, -3, F::READONLY, 1, 0), // CMS.QUERY
    row(1635, 7, -1, F::CONTAINER | F::HARMLESS, 0, 0), // COMMAND
    row(1642, 13, 2, F::HARMLESS, 0, 0), // COMMAND COUNT
    row(1655, 12, -2, F::HARMLESS, 0, 2), // COMMAND DOCS
    row(1667, 15, -3, F::HARMLESS, 0, 0), // COMMAND GETKEYS
    row(1682, 23, -3, F::HARMLESS, 0, 0), // COMMAND GETKEYSANDFLAGS
    row(1705, 12, 2, F::HARMLESS, 0, 0), // COMMAND HELP
    row(1717, 12, -2, F::HARMLESS, 0, 0), // COMMAND INFO
    row(1729, 12, -2, F::HARMLESS, 0, 0), // COMMAND LIST
    row(1741, 10, -2, F::CONTAINER, 0, 0), // COMMANDLOG
    row(1751, 14, -4, F::ADMIN | F::HARMLESS, 0, 17), // COMMANDLOG GET
    row(1765, 15, 2, F::HARMLESS, 0, 0), // COMMANDLOG HELP
    row(1780, 14, 3, F::ADMIN | F::HARMLESS, 0, 26), // COMMANDLOG LEN
    row(1794, 16, 3, F::ADMIN, 0, 1), // COMMANDLOG RESET
    row(1810, 6, -2, F::CONTAINER, 0, 0), // CONFIG
    row(1816, 10, -3, F::ADMIN | F::HARMLESS, 0, 27), // CONFIG GET
    row(1826, 11, 2, F::HARMLESS, 0, 0), // CONFIG HELP
    row(1837, 16, 2, F::ADMIN, 0, 1), // CONFIG RESETSTAT
    row(1853, 14, 2, F::ADMIN, 0, 28), // CONFIG REWRITE
    row(1867, 10, -4, F::ADMIN, 0, 1), // CONFIG SET
    row(1877, 4, -3, F::WRITE, 3, 8), // COPY
    row(1881, 6, 1, F::READONLY, 0, 29), // DBSIZE
    row(1887, 5, -2, F::ADMIN, 0, 3), // DEBUG
    row(1892, 4, 2, F::WRITE, 1, 0), // DECR
    row(1896, 6, 3, F::WRITE, 1, 0), // DECRBY
    row(1902, 3, -2, F::WRITE, 7, 30), // DEL
    row(1905, 5, -2, F::WRITE, 1, 8), // DELEX
    row(1910, 7, 3, F::WRITE, 1, 8), // DELIFEQ
    row(1917, 6, 2, F::READONLY, 1, 0), // DIGEST
    row(1923, 7, 1, 0, 0, 31), // DISCARD
    row(1930, 4, 2, F::READONLY, 1, 0), // DUMP
    row(1934, 4, 2, F::HARMLESS, 0, 0), // ECHO
    row(1938, 4, -3, F::SCRIPT, 4, 32), // EVAL
    row(1942, 7, -3, F::SCRIPT, 4, 32), // EVALSHA
    row(1949, 10, -3, F::READONLY | F::SCRIPT, 4, 32), // EVALSHA_RO
    row(1959, 7, -3, F::READONLY | F::SCRIPT, 4, 32), // EVAL_RO
    row(1966, 4, 1, 0, 0, 31), // EXEC
    row(1970, 6, -2, F::READONLY, 7, 30), // EXISTS
    row(1976, 6, -3, F::WRITE, 1, 8), // EXPIRE
    row(1982, 8, -3, F::WRITE, 1, 8), // EXPIREAT
    row(1990, 10, 2, F::READONLY, 1, 0), // EXPIRETIME
    row(2000, 8, -1, F::ADMIN, 0, 33), // FAILOVER
    row(2008, 5, -3, F::SCRIPT, 4, 32), // FCALL
    row(2013, 8, -3, F::READONLY | F::SCRIPT, 4, 32), // FCALL_RO
    row(2021, 8, -1, F::WRITE, 0, 34), // FLUSHALL
    row(2029, 7, -1, F::WRITE, 0, 34), // FLUSHDB
    row(2036, 12, -3, F::READONLY, 0, 32), // FT.AGGREGATE
    row(2048, 11, 3, F::WRITE, 0, 0), // FT.ALIASADD
    row(2059, 11, 2, F::WRITE, 0, 0), // FT.ALIASDEL
    row(2070, 12, 2, F::READONLY, 0, 35), // FT.ALIASLIST
    row(2082, 14, 3, F::WRITE, 0, 0), // FT.ALIASUPDATE
    row(2096, 8, -6, F::WRITE, 0, 0), // FT.ALTER
    row(2104, 9, -2, F::READONLY | F::CONTAINER, 0, 0), // FT.CONFIG
    row(2113, 13, 3, F::READONLY, 0, 36), // FT.CONFIG GET
    row(2126, 14, 3, F::READONLY | F::HARMLESS, 0, 0), // FT.CONFIG HELP
    row(2140, 13, 4, 0, 0, 6), // FT.CONFIG SET
    row(2153, 9, -5, F::WRITE, 0, 32), // FT.CREATE
    row(2162, 9, -2, F::READONLY | F::CONTAINER, 0, 0), // FT.CURSOR
    row(2171, 13, 4, F::READONLY, 0, 37), // FT.CURSOR DEL
    row(2184, 12, -3, F::READONLY, 0, 6), // FT.CURSOR GC
    row(2196, 14, -4, F::READONLY, 0, 37), // FT.CURSOR READ
    row(2210, 10, -3, F::WRITE, 0, 0), // FT.DICTADD
    row(2220, 10, -3, F::WRITE, 0, 0), // FT.DICTDEL
    row(2230, 11, 2, F::READONLY, 0, 35), // FT.DICTDUMP
    row(2241, 7, -2, F::WRITE, 0, 32), // FT.DROP
    row(2248, 12, -2, F::WRITE, 0, 32), // FT.DROPINDEX
    row(2260, 10, -3, F::READONLY, 0, 0), // FT.EXPLAIN
    row(2270, 13, -3, F::READONLY, 0, 0), // FT.EXPLAINCLI
    row(2283, 9, -5, F::READONLY, 0, 32), // FT.HYBRID
    row(2292, 7, 2, F::READONLY, 0, 2), // FT.INFO
    row(2299, 10, -5, F::READONLY, 0, 32), // FT.PROFILE
    row(2309, 9, -3, F::READONLY, 0, 32), // FT.SEARCH
    row(2318, 13, -3, F::READONLY, 0, 0), // FT.SPELLCHECK
    row(2331, 9, -4, F::WRITE, 1, 0), // FT.SUGADD
    row(2340, 9, 3, F::WRITE, 1, 8), // FT.SUGDEL
    row(2349, 9, -3, F::READONLY, 1, 0), // FT.SUGGET
    row(2358, 9, 2, F::READONLY, 1, 0), // FT.SUGLEN
    row(2367, 10, 2, F::READONLY, 0, 2), // FT.SYNDUMP
    row(2377, 12, -4, F::WRITE, 0, 0), // FT.SYNUPDATE
    row(2389, 10, 3, F::READONLY, 0, 35), // FT.TAGVALS
    row(2399, 8, 1, F::READONLY, 0, 35), // FT._LIST
    row(2407, 8, -2, F::CONTAINER, 0, 0), // FUNCTION
    row(2415, 15, 3, F::WRITE, 0, 38), // FUNCTION DELETE
    row(2430, 13, 2, F::HARMLESS, 0, 0), // FUNCTION DUMP
    row(2443, 14, -2, F::WRITE, 0, 34), // FUNCTION FLUSH
    row(2457, 13, 2, F::HARMLESS, 0, 0), // FUNCTION HELP
    row(2470, 13, 2, 0, 0, 39), // FUNCTION KILL
    row(2483, 13, -2, F::HARMLESS, 0, 23), // FUNCTION LIST
    row(2496, 13, -3, F::WRITE, 0, 34), // FUNCTION LOAD
    row(2509, 16, -3, F::WRITE, 0, 34), // FUNCTION RESTORE
    row(2525, 14, 2, F::HARMLESS, 0, 40), // FUNCTION STATS
    row(2539, 6, -5, F::WRITE, 1, 0), // GEOADD
    row(2545, 7, -4, F::READONLY, 1, 0), // GEODIST
    row(2552, 7, -2, F::READONLY, 1, 0), // GEOHASH
    row(2559, 6, -2, F::READONLY, 1, 41), // GEOPOS
    row(2565, 9, -6, F::WRITE | F::WRITES_BY_TOKEN, 8, 0), // GEORADIUS
    row(2574, 17, -5, F::WRITE | F::WRITES_BY_TOKEN, 8, 0), // GEORADIUSBYMEMBER
    row(2591, 20, -5, F::READONLY, 1, 0), // GEORADIUSBYMEMBER_RO
    row(2611, 12, -6, F::READONLY, 1, 0), // GEORADIUS_RO
    row(2623, 9, -7, F::READONLY, 1, 0), // GEOSEARCH
    row(2632, 14, -8, F::WRITE, 3, 0), // GEOSEARCHSTORE
    row(2646, 3, 2, F::READONLY, 1, 0), // GET
    row(2649, 6, 3, F::READONLY, 1, 0), // GETBIT
    row(2655, 6, 2, F::WRITE, 1, 0), // GETDEL
    row(2661, 5, -2, F::WRITE, 1, 0), // GETEX
    row(2666, 8, 4, F::READONLY, 1, 0), // GETRANGE
    row(2674, 6, 3, F::WRITE, 1, 0), // GETSET
    row(2680, 4, -3, F::WRITE, 1, 0), // HDEL
    row(2684, 5, -1, 0, 0, 42), // HELLO
    row(2689, 7, 3, F::READONLY, 1, 8), // HEXISTS
    row(2696, 7, -6, F::WRITE, 1, 0), // HEXPIRE
    row(2703, 9, -6, F::WRITE, 1, 0), // HEXPIREAT
    row(2712, 11, -5, F::READONLY, 1, 0), // HEXPIRETIME
    row(2723, 4, 3, F::READONLY, 1, 0), // HGET
    row(2727, 7, 2, F::READONLY, 1, 2), // HGETALL
    row(2734, 7, -5, F::WRITE, 1, 0), // HGETDEL
    row(2741, 6, -5, F::WRITE, 1, 0), // HGETEX
    row(2747, 7, -2, F::CONTAINER, 0, 0), // HIMPORT
    row(2754, 15, 3, 0, 0, 43), // HIMPORT DISCARD
    row(2769, 18, 2, 0, 0, 43), // HIMPORT DISCARDALL
    row(2787, 15, -4, 0, 0, 44), // HIMPORT PREPARE
    row(2802, 11, -5, F::WRITE, 9, 45), // HIMPORT SET
    row(2813, 7, 4, F::WRITE, 1, 0), // HINCRBY
    row(2820, 12, 4, F::WRITE, 1, 0), // HINCRBYFLOAT
    row(2832, 5, 2, F::READONLY, 1, 0), // HKEYS
    row(2837, 4, 2, F::READONLY, 1, 0), // HLEN
    row(2841, 5, -3, F::READONLY, 1, 0), // HMGET
    row(2846, 5, -4, F::WRITE, 1, 0), // HMSET
    row(2851, 7, -2, F::CONTAINER, 0, 0), // HOTKEYS
    row(2858, 11, 2, F::ADMIN | F::HARMLESS, 0, 4), // HOTKEYS GET
    row(2869, 12, 2, F::HARMLESS, 0, 0), // HOTKEYS HELP
    row(2881, 13, 2, F::ADMIN, 0, 6), // HOTKEYS RESET
    row(2894, 13, -2, F::ADMIN, 0, 6), // HOTKEYS START
    row(2907, 12, 2, F::ADMIN, 0, 6), // HOTKEYS STOP
    row(2919, 8, -5, F::WRITE, 1, 0), // HPERSIST
    row(2927, 8, -6, F::WRITE, 1, 0), // HPEXPIRE
    row(2935, 10, -6, F::WRITE, 1, 0), // HPEXPIREAT
    row(2945, 12, -5, F::READONLY, 1, 0), // HPEXPIRETIME
    row(2957, 5, -5, F::READONLY, 1, 0), // HPTTL
    row(2962, 10, -2, F::READONLY, 1, 46), // HRANDFIELD
    row(2972, 5, -3, F::READONLY, 1, 0), // HSCAN
    row(2977, 4, -4, F::WRITE, 1, 0), // HSET
    row(2981, 6, -6, F::WRITE, 1, 8), // HSETEX
    row(2987, 6, 4, F::WRITE, 1, 8), // HSETNX
    row(2993, 7, 3, F::READONLY, 1, 0), // HSTRLEN
    row(3000, 4, -5, F::READONLY, 1, 0), // HTTL
    row(3004, 5, 2, F::READONLY, 1, 0), // HVALS
    row(3009, 4, 2, F::WRITE, 1, 0), // INCR
    row(3013, 6, 3, F::WRITE, 1, 0), // INCRBY
    row(3019, 11, 3, F::WRITE, 1, 0), // INCRBYFLOAT
    row(3030, 6, -2, F::WRITE, 1, 0), // INCREX
    row(3036, 4, -1, F::HARMLESS, 0, 47), // INFO
    row(3040, 14, -4, F::WRITE, 1, 0), // JSON.ARRAPPEND
    row(3054, 13, -4, F::READONLY, 1, 0), // JSON.ARRINDEX
    row(3067, 14, -5, F::WRITE, 1, 0), // JSON.ARRINSERT
    row(3081, 11, -2, F::READONLY, 1, 0), // JSON.ARRLEN
    row(3092, 11, -2, F::WRITE, 1, 0), // JSON.ARRPOP
    row(3103, 12, 5, F::WRITE, 1, 0), // JSON.ARRTRIM
    row(3115, 10, -2, F::WRITE, 1, 0), // JSON.CLEAR
    row(3125, 10, -2, F::READONLY | F::CONTAINER, 0, 0), // JSON.DEBUG
    row(3135, 15, 2, F::READONLY | F::HARMLESS, 0, 0), // JSON.DEBUG HELP
    row(3150, 17, -3, F::READONLY, 9, 0), // JSON.DEBUG MEMORY
    row(3167, 8, -2, F::WRITE, 1, 0), // JSON.DEL
    row(3175, 11, -2, F::WRITE, 1, 0), // JSON.FORGET
    row(3186, 8, -2, F::READONLY, 1, 0), // JSON.GET
    row(3194, 10, 4, F::WRITE, 1, 0), // JSON.MERGE
    row(3204, 9, -3, F::READONLY, 5, 48), // JSON.MGET
    row(3213, 9, -4, F::WRITE, 10, 49), // JSON.MSET
    row(3222, 14, 4, F::WRITE, 1, 0), // JSON.NUMINCRBY
    row(3236, 14, 4, F::WRITE, 1, 0), // JSON.NUMMULTBY
    row(3250, 13, 4, F::WRITE, 1, 0), // JSON.NUMPOWBY
    row(3263, 12, -2, F::READONLY, 1, 0), // JSON.OBJKEYS
    row(3275, 11, -2, F::READONLY, 1, 0), // JSON.OBJLEN
    row(3286, 9, -2, F::READONLY, 1, 0), // JSON.RESP
    row(3295, 8, -4, F::WRITE, 1, 0), // JSON.SET
    row(3303, 14, -3, F::WRITE, 1, 0), // JSON.STRAPPEND
    row(3317, 11, -2, F::READONLY, 1, 0), // JSON.STRLEN
    row(3328, 11, 3, F::WRITE, 1, 0), // JSON.TOGGLE
    row(3339, 9, -2, F::READONLY, 1, 0), // JSON.TYPE
    row(3348, 4, 2, F::READONLY, 0, 50), // KEYS
    row(3352, 8, 1, F::HARMLESS, 0, 17), // LASTSAVE
    row(3360, 7, -2, F::CONTAINER, 0, 0), // LATENCY
    row(3367, 14, 2, F::ADMIN | F::HARMLESS, 0, 18), // LATENCY DOCTOR
    row(3381, 13, 3, F::ADMIN | F::HARMLESS, 0, 18), // LATENCY GRAPH
    row(3394, 12, 2, F::HARMLESS, 0, 0), // LATENCY HELP
    row(3406, 17, -2, F::ADMIN | F::HARMLESS, 0, 27), // LATENCY HISTOGRAM
    row(3423, 15, 3, F::ADMIN | F::HARMLESS, 0, 17), // LATENCY HISTORY
    row(3438, 14, 2, F::ADMIN | F::HARMLESS, 0, 17), // LATENCY LATEST
    row(3452, 13, -2, F::ADMIN, 0, 26), // LATENCY RESET
    row(3465, 3, -3, F::READONLY, 11, 51), // LCS
    row(3468, 6, 3, F::READONLY, 1, 0), // LINDEX
    row(3474, 7, 5, F::WRITE, 1, 0), // LINSERT
    row(3481, 4, 2, F::READONLY, 1, 0), // LLEN
    row(3485, 5, 5, F::WRITE, 3, 0), // LMOVE
    row(3490, 6, -5, F::WRITE, 3, 0), // LMOVEM
    row(3496, 5, -4, F::WRITE, 12, 0), // LMPOP
    row(3501, 6, -1, F::READONLY | F::HARMLESS, 0, 16), // LOLWUT
    row(3507, 4, -2, F::WRITE, 1, 0), // LPOP
    row(3511, 4, -3, F::READONLY, 1, 0), // LPOS
    row(3515, 5, -3, F::WRITE, 1, 0), // LPUSH
    row(3520, 6, -3, F::WRITE, 1, 0), // LPUSHX
    row(3526, 6, 4, F::READONLY, 1, 0), // LRANGE
    row(3532, 4, 4, F::WRITE, 1, 0), // LREM
    row(3536, 4, 4, F::WRITE, 1, 0), // LSET
    row(3540, 5, 4, F::WRITE, 1, 0), // LTRIM
    row(3545, 6, -2, F::CONTAINER, 0, 0), // MEMORY
    row(3551, 13, 2, F::HARMLESS, 0, 47), // MEMORY DOCTOR
    row(3564, 11, 2, F::HARMLESS, 0, 0), // MEMORY HELP
    row(3575, 19, 2, F::HARMLESS, 0, 47), // MEMORY MALLOC-STATS
    row(3594, 12, 2, 0, 0, 38), // MEMORY PURGE
    row(3606, 12, 2, F::HARMLESS, 0, 52), // MEMORY STATS
    row(3618, 12, -3, F::READONLY, 9, 0), // MEMORY USAGE
    row(3630, 4, -2, F::READONLY, 7, 53), // MGET
    row(3634, 7, -6, F::WRITE, 13, 32), // MIGRATE
    row(3641, 6, -2, F::CONTAINER, 0, 0), // MODULE
    row(3647, 11, 2, F::HARMLESS, 0, 0), // MODULE HELP
    row(3658, 11, 2, F::ADMIN | F::HARMLESS, 0, 4), // MODULE LIST
    row(3669, 11, -3, F::ADMIN, 0, 3), // MODULE LOAD
    row(3680, 13, -3, F::ADMIN, 0, 3), // MODULE LOADEX
    row(3693, 13, 3, F::ADMIN, 0, 6), // MODULE UNLOAD
    row(3706, 7, 1, F::ADMIN, 0, 54), // MONITOR
    row(3713, 4, 3, F::WRITE, 1, 55), // MOVE
    row(3717, 4, -3, F::WRITE, 14, 56), // MSET
    row(3721, 6, -4, F::WRITE, 15, 57), // MSETEX
    row(3727, 6, -3, F::WRITE, 14, 8), // MSETNX
    row(3733, 5, 1, 0, 0, 31), // MULTI
    row(3738, 6, -2, F::CONTAINER, 0, 0), // OBJECT
    row(3744, 15, 3, F::READONLY, 9, 0), // OBJECT ENCODING
    row(3759, 11, 3, F::READONLY, 9, 0), // OBJECT FREQ
    row(3770, 11, 2, F::HARMLESS, 0, 0), // OBJECT HELP
    row(3781, 15, 3, F::READONLY, 9, 0), // OBJECT IDLETIME
    row(3796, 15, 3, F::READONLY, 9, 0), // OBJECT REFCOUNT
    row(3811, 7, 2, F::WRITE, 1, 8), // PERSIST
    row(3818, 7, -3, F::WRITE, 1, 8), // PEXPIRE
    row(3825, 9, -3, F::WRITE, 1, 8), // PEXPIREAT
    row(3834, 11, 2, F::READONLY, 1, 0), // PEXPIRETIME
    row(3845, 5, -2, F::WRITE, 1, 8), // PFADD
    row(3850, 7, -2, F::READONLY, 7, 0), // PFCOUNT
    row(3857, 7, 3, F::WRITE | F::ADMIN, 9, 0), // PFDEBUG
    row(3864, 7, -2, F::WRITE, 16, 0), // PFMERGE
    row(3871, 10, 1, F::ADMIN, 0, 0), // PFSELFTEST
    row(3881, 4, -1, F::HARMLESS, 0, 38), // PING
    row(3885, 6, 4, F::WRITE, 1, 0), // PSETEX
    row(3891, 10, -2, F::PUBSUB, 0, 58), // PSUBSCRIBE
    row(3901, 5, -3, F::ADMIN, 0, 25), // PSYNC
    row(3906, 4, 2, F::READONLY, 1, 0), // PTTL
    row(3910, 7, 3, F::PUBSUB | F::CHANNEL, 1, 0), // PUBLISH
    row(3917, 6, -2, F::CONTAINER, 0, 0), // PUBSUB
    row(3923, 15, -2, F::PUBSUB | F::HARMLESS, 0, 59), // PUBSUB CHANNELS
    row(3938, 11, 2, F::HARMLESS, 0, 0), // PUBSUB HELP
    row(3949, 13, 2, F::PUBSUB | F::HARMLESS, 0, 26), // PUBSUB NUMPAT
    row(3962, 13, -2, F::PUBSUB | F::HARMLESS, 0, 60), // PUBSUB NUMSUB
    row(3975, 20, -2, F::PUBSUB | F::HARMLESS, 0, 59), // PUBSUB SHARDCHANNELS
    row(3995, 18, -2, F::PUBSUB | F::HARMLESS, 0, 60), // PUBSUB SHARDNUMSUB
    row(4013, 12, -1, F::PUBSUB, 0, 58), // PUNSUBSCRIBE
    row(4025, 4, -1, 0, 0, 5), // QUIT
    row(4029, 9, 1, F::READONLY, 0, 61), // RANDOMKEY
    row(4038, 8, 1, 0, 0, 5), // READONLY
    row(4046, 9, 1, 0, 0, 5), // READWRITE
    row(4055, 6, 3, F::WRITE, 3, 0), // RENAME
    row(4061, 8, 3, F::WRITE, 3, 8), // RENAMENX
    row(4069, 8, -1, F::ADMIN, 0, 25), // REPLCONF
    row(4077, 9, 3, F::ADMIN, 0, 33), // REPLICAOF
    row(4086, 5, 1, 0, 0, 5), // RESET
    row(4091, 7, -4, F::WRITE, 1, 0), // RESTORE
    row(4098, 14, -4, F::WRITE, 1, 25), // RESTORE-ASKING
    row(4112, 4, 1, F::HARMLESS, 0, 17), // ROLE
    row(4116, 4, -2, F::WRITE, 1, 0), // RPOP
    row(4120, 9, 3, F::WRITE, 3, 0), // RPOPLPUSH
    row(4129, 5, -3, F::WRITE, 1, 0), // RPUSH
    row(4134, 6, -3, F::WRITE, 1, 0), // RPUSHX
    row(4140, 4, -3, F::WRITE, 1, 0), // SADD
    row(4144, 4, 1, F::ADMIN, 0, 3), // SAVE
    row(4148, 4, -2, F::READONLY, 0, 62), // SCAN
    row(4152, 5, 2, F::READONLY, 1, 0), // SCARD
    row(4157, 6, -2, F::CONTAINER, 0, 0), // SCRIPT
    row(4163, 12, 3, 0, 0, 6), // SCRIPT DEBUG
    row(4175, 13, -3, F::HARMLESS, 0, 63), // SCRIPT EXISTS
    row(4188, 12, -2, 0, 0, 28), // SCRIPT FLUSH
    row(4200, 11, 2, F::HARMLESS, 0, 0), // SCRIPT HELP
    row(4211, 11, 2, 0, 0, 64), // SCRIPT KILL
    row(4222, 11, 3, F::HARMLESS, 0, 28), // SCRIPT LOAD
    row(4233, 11, 3, F::HARMLESS, 0, 0), // SCRIPT SHOW
    row(4244, 5, -2, F::READONLY, 7, 35), // SDIFF
    row(4249, 9, -3, F::READONLY, 12, 0), // SDIFFCARD
    row(4258, 10, -3, F::WRITE, 16, 0), // SDIFFSTORE
    row(4268, 6, 2, 0, 0, 65), // SELECT
    row(4274, 8, -2, F::ADMIN | F::CONTAINER, 0, 66), // SENTINEL
    row(4282, 17, 3, F::ADMIN, 0, 66), // SENTINEL CKQUORUM
    row(4299, 15, -4, F::ADMIN, 0, 66), // SENTINEL CONFIG
    row(4314, 14, -2, F::ADMIN, 0, 66), // SENTINEL DEBUG
    row(4328, 17, 3, F::ADMIN, 0, 66), // SENTINEL FAILOVER
    row(4345, 20, 2, F::ADMIN, 0, 66), // SENTINEL FLUSHCONFIG
    row(4365, 32, 3, F::ADMIN, 0, 66), // SENTINEL GET-MASTER-ADDR-BY-NAME
    row(4397, 33, 3, F::ADMIN, 0, 66), // SENTINEL GET-PRIMARY-ADDR-BY-NAME
    row(4430, 13, 2, F::HARMLESS, 0, 66), // SENTINEL HELP
    row(4443, 19, -3, F::ADMIN, 0, 66), // SENTINEL INFO-CACHE
    row(4462, 31, 6, F::ADMIN, 0, 66), // SENTINEL IS-MASTER-DOWN-BY-ADDR
    row(4493, 32, 6, F::ADMIN, 0, 66), // SENTINEL IS-PRIMARY-DOWN-BY-ADDR
    row(4525, 15, 3, F::ADMIN, 0, 66), // SENTINEL MASTER
    row(4540, 16, 2, F::ADMIN, 0, 66), // SENTINEL MASTERS
    row(4556, 16, 6, F::ADMIN, 0, 66), // SENTINEL MONITOR
    row(4572, 13, 2, F::ADMIN, 0, 66), // SENTINEL MYID
    row(4585, 24, 2, F::ADMIN, 0, 66), // SENTINEL PENDING-SCRIPTS
    row(4609, 18, 2, F::ADMIN, 0, 66), // SENTINEL PRIMARIES
    row(4627, 16, 3, F::ADMIN, 0, 66), // SENTINEL PRIMARY
    row(4643, 15, 3, F::ADMIN, 0, 66), // SENTINEL REMOVE
    row(4658, 17, 3, F::ADMIN, 0, 66), // SENTINEL REPLICAS
    row(4675, 14, 3, F::ADMIN, 0, 66), // SENTINEL RESET
    row(4689, 18, 3, F::ADMIN, 0, 66), // SENTINEL SENTINELS
    row(4707, 12, -5, F::ADMIN, 0, 66), // SENTINEL SET
    row(4719, 25, -3, F::ADMIN, 0, 66), // SENTINEL SIMULATE-FAILURE
    row(4744, 15, 3, F::ADMIN, 0, 66), // SENTINEL SLAVES
    row(4759, 3, -3, F::WRITE, 1, 0), // SET
    row(4762, 6, 4, F::WRITE, 1, 0), // SETBIT
    row(4768, 5, 4, F::WRITE, 1, 0), // SETEX
    row(4773, 5, 3, F::WRITE, 1, 8), // SETNX
    row(4778, 8, 4, F::WRITE, 1, 0), // SETRANGE
    row(4786, 8, -1, F::ADMIN, 0, 67), // SHUTDOWN
    row(4794, 6, -2, F::READONLY, 7, 35), // SINTER
    row(4800, 10, -3, F::READONLY, 12, 0), // SINTERCARD
    row(4810, 11, -3, F::WRITE, 16, 0), // SINTERSTORE
    row(4821, 9, 3, F::READONLY, 1, 8), // SISMEMBER
    row(4830, 7, 3, F::ADMIN, 0, 33), // SLAVEOF
    row(4837, 7, -2, F::CONTAINER, 0, 0), // SLOWLOG
    row(4844, 11, -2, F::ADMIN | F::HARMLESS, 0, 17), // SLOWLOG GET
    row(4855, 12, 2, F::HARMLESS, 0, 0), // SLOWLOG HELP
    row(4867, 11, 2, F::ADMIN | F::HARMLESS, 0, 26), // SLOWLOG LEN
    row(4878, 13, 2, F::ADMIN, 0, 1), // SLOWLOG RESET
    row(4891, 8, 2, F::READONLY, 1, 35), // SMEMBERS
    row(4899, 10, -3, F::READONLY, 1, 10), // SMISMEMBER
    row(4909, 5, 4, F::WRITE, 3, 8), // SMOVE
    row(4914, 4, -2, F::WRITE | F::WRITES_BY_TOKEN, 17, 0), // SORT
    row(4918, 7, -2, F::READONLY, 17, 0), // SORT_RO
    row(4925, 4, -2, F::WRITE, 1, 68), // SPOP
    row(4929, 8, 3, F::PUBSUB | F::CHANNEL, 1, 0), // SPUBLISH
    row(4937, 11, -2, F::READONLY, 1, 0), // SRANDMEMBER
    row(4948, 4, -3, F::WRITE, 1, 0), // SREM
    row(4952, 5, -3, F::READONLY, 1, 0), // SSCAN
    row(4957, 10, -2, F::PUBSUB | F::CHANNEL, 7, 58), // SSUBSCRIBE
    row(4967, 6, 2, F::READONLY, 1, 0), // STRLEN
    row(4973, 9, -2, F::PUBSUB, 0, 58), // SUBSCRIBE
    row(4982, 6, 4, F::READONLY, 1, 0), // SUBSTR
    row(4988, 6, -2, F::READONLY, 7, 35), // SUNION
    row(4994, 10, -3, F::READONLY, 12, 0), // SUNIONCARD
    row(5004, 11, -3, F::WRITE, 16, 0), // SUNIONSTORE
    row(5015, 12, -1, F::PUBSUB | F::CHANNEL, 7, 58), // SUNSUBSCRIBE
    row(5027, 6, 3, F::WRITE, 0, 69), // SWAPDB
    row(5033, 4, 1, F::ADMIN, 0, 25), // SYNC
    row(5037, 11, -3, F::WRITE, 1, 0), // TDIGEST.ADD
    row(5048, 14, -3, F::READONLY, 1, 70), // TDIGEST.BYRANK
    row(5062, 17, -3, F::READONLY, 1, 70), // TDIGEST.BYREVRANK
    row(5079, 11, -3, F::READONLY, 1, 70), // TDIGEST.CDF
    row(5090, 14, -2, F::WRITE, 1, 0), // TDIGEST.CREATE
    row(5104, 12, 2, F::READONLY, 1, 2), // TDIGEST.INFO
    row(5116, 11, 2, F::READONLY, 1, 71), // TDIGEST.MAX
    row(5127, 13, -4, F::WRITE, 6, 0), // TDIGEST.MERGE
    row(5140, 11, 2, F::READONLY, 1, 71), // TDIGEST.MIN
    row(5151, 16, -3, F::READONLY, 1, 70), // TDIGEST.QUANTILE
    row(5167, 12, -3, F::READONLY, 1, 0), // TDIGEST.RANK
    row(5179, 13, 2, F::WRITE, 1, 0), // TDIGEST.RESET
    row(5192, 15, -3, F::READONLY, 1, 0), // TDIGEST.REVRANK
    row(5207, 20, 4, F::READONLY, 1, 71), // TDIGEST.TRIMMED_MEAN
    row(5227, 4, 1, F::HARMLESS, 0, 17), // TIME
    row(5231, 25, 1, F::READONLY, 0, 25), // TIMESERIES.REFRESHCLUSTER
    row(5256, 8, -3, F::WRITE, 1, 0), // TOPK.ADD
    row(5264, 10, -3, F::READONLY, 1, 0), // TOPK.COUNT
    row(5274, 11, -4, F::WRITE, 1, 0), // TOPK.INCRBY
    row(5285, 9, 2, F::READONLY, 1, 2), // TOPK.INFO
    row(5294, 9, -2, F::READONLY, 1, 0), // TOPK.LIST
    row(5303, 10, -3, F::READONLY, 1, 10), // TOPK.QUERY
    row(5313, 12, -3, F::WRITE, 1, 0), // TOPK.RESERVE
    row(5325, 5, -2, F::READONLY, 7, 30), // TOUCH
    row(5330, 9, -5, F::WRITE, 0, 25), // TRIMSLOTS
    row(5339, 6, -4, F::WRITE, 1, 0), // TS.ADD
    row(5345, 8, -2, F::WRITE, 1, 0), // TS.ALTER
    row(5353, 9, -2, F::WRITE, 1, 0), // TS.CREATE
    row(5362, 13, -6, F::WRITE, 11, 0), // TS.CREATERULE
    row(5375, 9, -3, F::WRITE, 1, 0), // TS.DECRBY
    row(5384, 6, 4, F::WRITE, 1, 0), // TS.DEL
    row(5390, 13, 3, F::WRITE, 11, 0), // TS.DELETERULE
    row(5403, 6, -2, F::READONLY, 1, 0), // TS.GET
    row(5409, 9, -3, F::WRITE, 1, 0), // TS.INCRBY
    row(5418, 7, -2, F::READONLY, 1, 2), // TS.INFO
    row(5425, 7, -4, F::WRITE, 10, 0), // TS.MADD
    row(5432, 7, -3, F::READONLY, 0, 32), // TS.MGET
    row(5439, 9, -5, F::READONLY, 0, 32), // TS.MRANGE
    row(5448, 12, -5, F::READONLY, 0, 32), // TS.MREVRANGE
    row(5460, 9, -5, F::READONLY, 12, 0), // TS.NRANGE
    row(5469, 12, -5, F::READONLY, 12, 0), // TS.NREVRANGE
    row(5481, 13, -2, F::READONLY, 0, 35), // TS.QUERYINDEX
    row(5494, 14, -2, F::READONLY, 0, 35), // TS.QUERYLABELS
    row(5508, 8, -4, F::READONLY, 1, 0), // TS.RANGE
    row(5516, 7, -3, F::READONLY, 1, 72), // TS.READ
    row(5523, 11, -4, F::READONLY, 1, 0), // TS.REVRANGE
    row(5534, 3, 2, F::READONLY, 1, 0), // TTL
    row(5537, 4, 2, F::READONLY, 1, 0), // TYPE
    row(5541, 6, -2, F::WRITE, 7, 30), // UNLINK
    row(5547, 11, -1, F::PUBSUB, 0, 58), // UNSUBSCRIBE
    row(5558, 7, 1, 0, 0, 31), // UNWATCH
    row(5565, 4, -5, F::WRITE, 1, 8), // VADD
    row(5569, 5, 2, F::READONLY, 1, 0), // VCARD
    row(5574, 4, 2, F::READONLY, 1, 0), // VDIM
    row(5578, 4, -3, F::READONLY, 1, 73), // VEMB
    row(5582, 8, 3, F::READONLY, 1, 0), // VGETATTR
    row(5590, 5, 2, F::READONLY, 1, 2), // VINFO
    row(5595, 9, 3, F::READONLY, 1, 8), // VISMEMBER
    row(5604, 6, -3, F::READONLY, 1, 0), // VLINKS
    row(5610, 11, -2, F::READONLY, 1, 0), // VRANDMEMBER
    row(5621, 6, -4, F::READONLY, 1, 0), // VRANGE
    row(5627, 4, 3, F::WRITE, 1, 8), // VREM
    row(5631, 8, 4, F::WRITE, 1, 8), // VSETATTR
    row(5639, 4, -4, F::READONLY, 1, 74), // VSIM
    row(5643, 4, 3, F::BLOCKING, 0, 75), // WAIT
    row(5647, 7, 4, F::BLOCKING, 0, 76), // WAITAOF
    row(5654, 5, -2, 0, 7, 31), // WATCH
    row(5659, 4, -4, F::WRITE, 1, 0), // XACK
    row(5663, 7, -6, F::WRITE, 1, 0), // XACKDEL
    row(5670, 4, -5, F::WRITE, 1, 0), // XADD
    row(5674, 10, -6, F::WRITE, 1, 0), // XAUTOCLAIM
    row(5684, 7, -2, F::WRITE, 1, 0), // XCFGSET
    row(5691, 6, -6, F::WRITE, 1, 0), // XCLAIM
    row(5697, 4, -3, F::WRITE, 1, 0), // XDEL
    row(5701, 6, -5, F::WRITE, 1, 0), // XDELEX
    row(5707, 6, -2, F::CONTAINER, 0, 0), // XGROUP
    row(5713, 13, -5, F::WRITE, 9, 0), // XGROUP CREATE
    row(5726, 21, 5, F::WRITE, 9, 8), // XGROUP CREATECONSUMER
    row(5747, 18, 5, F::WRITE, 9, 0), // XGROUP DELCONSUMER
    row(5765, 14, 4, F::WRITE, 9, 8), // XGROUP DESTROY
    row(5779, 11, 2, F::HARMLESS, 0, 0), // XGROUP HELP
    row(5790, 12, -5, F::WRITE, 9, 0), // XGROUP SETID
    row(5802, 11, 5, F::WRITE, 1, 0), // XIDMPRECORD
    row(5813, 5, -2, F::CONTAINER, 0, 0), // XINFO
    row(5818, 15, 4, F::READONLY, 9, 23), // XINFO CONSUMERS
    row(5833, 12, 3, F::READONLY, 9, 23), // XINFO GROUPS
    row(5845, 10, 2, F::HARMLESS, 0, 0), // XINFO HELP
    row(5855, 12, -3, F::READONLY, 9, 2), // XINFO STREAM
    row(5867, 4, 2, F::READONLY, 1, 0), // XLEN
    row(5871, 5, -7, F::WRITE, 1, 0), // XNACK
    row(5876, 8, -3, F::READONLY, 1, 0), // XPENDING
    row(5884, 6, -4, F::READONLY, 1, 0), // XRANGE
    row(5890, 5, -4, F::READONLY | F::BLOCKING, 18, 77), // XREAD
    row(5895, 10, -7, F::WRITE | F::BLOCKING, 19, 77), // XREADGROUP
    row(5905, 9, -4, F::READONLY, 1, 0), // XREVRANGE
    row(5914, 6, -3, F::WRITE, 1, 0), // XSETID
    row(5920, 5, -4, F::WRITE, 1, 0), // XTRIM
    row(5925, 4, -4, F::WRITE, 1, 78), // ZADD
    row(5929, 5, 2, F::READONLY, 1, 0), // ZCARD
    row(5934, 6, 4, F::READONLY, 1, 0), // ZCOUNT
    row(5940, 5, -3, F::READONLY, 12, 79), // ZDIFF
    row(5945, 10, -4, F::WRITE, 6, 0), // ZDIFFSTORE
    row(5955, 7, 4, F::WRITE, 1, 71), // ZINCRBY
    row(5962, 6, -3, F::READONLY, 12, 79), // ZINTER
    row(5968, 10, -3, F::READONLY, 12, 0), // ZINTERCARD
    row(5978, 11, -4, F::WRITE, 6, 0), // ZINTERSTORE
    row(5989, 9, 4, F::READONLY, 1, 0), // ZLEXCOUNT
    row(5998, 5, -4, F::WRITE, 12, 80), // ZMPOP
    row(6003, 7, -3, F::READONLY, 1, 70), // ZMSCORE
    row(6010, 7, -2, F::WRITE, 1, 81), // ZPOPMAX
    row(6017, 7, -2, F::WRITE, 1, 81), // ZPOPMIN
    row(6024, 11, -2, F::READONLY, 1, 79), // ZRANDMEMBER
    row(6035, 6, -4, F::READONLY, 1, 79), // ZRANGE
    row(6041, 11, -4, F::READONLY, 1, 0), // ZRANGEBYLEX
    row(6052, 13, -4, F::READONLY, 1, 79), // ZRANGEBYSCORE
    row(6065, 11, -5, F::WRITE, 3, 0), // ZRANGESTORE
    row(6076, 5, -3, F::READONLY, 1, 82), // ZRANK
    row(6081, 4, -3, F::WRITE, 1, 0), // ZREM
    row(6085, 14, 4, F::WRITE, 1, 0), // ZREMRANGEBYLEX
    row(6099, 15, 4, F::WRITE, 1, 0), // ZREMRANGEBYRANK
    row(6114, 16, 4, F::WRITE, 1, 0), // ZREMRANGEBYSCORE
    row(6130, 9, -4, F::READONLY, 1, 79), // ZREVRANGE
    row(6139, 14, -4, F::READONLY, 1, 0), // ZREVRANGEBYLEX
    row(6153, 16, -4, F::READONLY, 1, 79), // ZREVRANGEBYSCORE
    row(6169, 8, -3, F::READONLY, 1, 82), // ZREVRANK
    row(6177, 5, -3, F::READONLY, 1, 0), // ZSCAN
    row(6182, 6, 3, F::READONLY, 1, 71), // ZSCORE
    row(6188, 6, -3, F::READONLY, 12, 79), // ZUNION
    row(6194, 11, -4, F::WRITE, 6, 0), // ZUNIONSTORE
];

/// One behind the other.
pub(super) static NAMES: &str = "\
    ACL\
    ACL CAT\
    ACL DELUSER\
    ACL DRYRUN\
    ACL GENPASS\
    ACL GETUSER\
    ACL HELP\
    ACL LIST\
    ACL LOAD\
    ACL LOG\
    ACL SAVE\
    ACL SETUSER\
    ACL USERS\
    ACL WHOAMI\
    APPEND\
    ARCOUNT\
    ARDEL\
    ARDELRANGE\
    ARGET\
    ARGETRANGE\
    ARGREP\
    ARINFO\
    ARINSERT\
    ARLASTITEMS\
    ARLEN\
    ARMGET\
    ARMSET\
    ARNEXT\
    AROP\
    ARRING\
    ARSCAN\
    ARSEEK\
    ARSET\
    ASKING\
    AUTH\
    BACKUP\
    BACKUP ABORT\
    BACKUP CLEANUP\
    BACKUP HELP\
    BACKUP LIST\
    BACKUP SEAL\
    BACKUP START\
    BACKUP STATUS\
    BF.ADD\
    BF.CARD\
    BF.DEBUG\
    BF.EXISTS\
    BF.INFO\
    BF.INSERT\
    BF.LOADCHUNK\
    BF.MADD\
    BF.MEXISTS\
    BF.RESERVE\
    BF.SCANDUMP\
    BGREWRITEAOF\
    BGSAVE\
    BITCOUNT\
    BITFIELD\
    BITFIELD_RO\
    BITOP\
    BITPOS\
    BLMOVE\
    BLMOVEM\
    BLMPOP\
    BLPOP\
    BRPOP\
    BRPOPLPUSH\
    BZMPOP\
    BZPOPMAX\
    BZPOPMIN\
    CF.ADD\
    CF.ADDNX\
    CF.COMPACT\
    CF.COUNT\
    CF.DEBUG\
    CF.DEL\
    CF.EXISTS\
    CF.INFO\
    CF.INSERT\
    CF.INSERTNX\
    CF.LOADCHUNK\
    CF.MEXISTS\
    CF.RESERVE\
    CF.SCANDUMP\
    CLIENT\
    CLIENT CACHING\
    CLIENT CAPA\
    CLIENT GETNAME\
    CLIENT GETREDIR\
    CLIENT HELP\
    CLIENT ID\
    CLIENT IMPORT-SOURCE\
    CLIENT INFO\
    CLIENT KILL\
    CLIENT LIST\
    CLIENT NO-EVICT\
    CLIENT NO-TOUCH\
    CLIENT PAUSE\
    CLIENT REPLY\
    CLIENT SETINFO\
    CLIENT SETNAME\
    CLIENT TRACKING\
    CLIENT TRACKINGINFO\
    CLIENT UNBLOCK\
    CLIENT UNPAUSE\
    CLUSTER\
    CLUSTER ADDSLOTS\
    CLUSTER ADDSLOTSRANGE\
    CLUSTER BUMPEPOCH\
    CLUSTER CANCELSLOTMIGRATIONS\
    CLUSTER COUNT-FAILURE-REPORTS\
    CLUSTER COUNTKEYSINSLOT\
    CLUSTER DELSLOTS\
    CLUSTER DELSLOTSRANGE\
    CLUSTER FAILOVER\
    CLUSTER FLUSHSLOT\
    CLUSTER FLUSHSLOTS\
    CLUSTER FORGET\
    CLUSTER GETKEYSINSLOT\
    CLUSTER GETSLOTMIGRATIONS\
    CLUSTER HELP\
    CLUSTER INFO\
    CLUSTER KEYSLOT\
    CLUSTER LINKS\
    CLUSTER MEET\
    CLUSTER MIGRATESLOTS\
    CLUSTER MIGRATION\
    CLUSTER MYID\
    CLUSTER MYSHARDID\
    CLUSTER NODES\
    CLUSTER REPLICAS\
    CLUSTER REPLICATE\
    CLUSTER RESET\
    CLUSTER SAVECONFIG\
    CLUSTER SET-CONFIG-EPOCH\
    CLUSTER SETSLOT\
    CLUSTER SHARDS\
    CLUSTER SLAVES\
    CLUSTER SLOT-STATS\
    CLUSTER SLOTS\
    CLUSTER SYNCSLOTS\
    CMS.INCRBY\
    CMS.INFO\
    CMS.INITBYDIM\
    CMS.INITBYPROB\
    CMS.MERGE\
    CMS.QUERY\
    COMMAND\
    COMMAND COUNT\
    COMMAND DOCS\
    COMMAND GETKEYS\
    COMMAND GETKEYSANDFLAGS\
    COMMAND HELP\
    COMMAND INFO\
    COMMAND LIST\
    COMMANDLOG\
    COMMANDLOG GET\
    COMMANDLOG HELP\
    COMMANDLOG LEN\
    COMMANDLOG RESET\
    CONFIG\
    CONFIG GET\
    CONFIG HELP\
    CONFIG RESETSTAT\
    CONFIG REWRITE\
    CONFIG SET\
    COPY\
    DBSIZE\
    DEBUG\
    DECR\
    DECRBY\
    DEL\
    DELEX\
    DELIFEQ\
    DIGEST\
    DISCARD\
    DUMP\
    ECHO\
    EVAL\
    EVALSHA\
    EVALSHA_RO\
    EVAL_RO\
    EXEC\
    EXISTS\
    EXPIRE\
    EXPIREAT\
    EXPIRETIME\
    FAILOVER\
    FCALL\
    FCALL_RO\
    FLUSHALL\
    FLUSHDB\
    FT.AGGREGATE\
    FT.ALIASADD\
    FT.ALIASDEL\
    FT.ALIASLIST\
    FT.ALIASUPDATE\
    FT.ALTER\
    FT.CONFIG\
    FT.CONFIG GET\
    FT.CONFIG HELP\
    FT.CONFIG SET\
    FT.CREATE\
    FT.CURSOR\
    FT.CURSOR DEL\
    FT.CURSOR GC\
    FT.CURSOR READ\
    FT.DICTADD\
    FT.DICTDEL\
    FT.DICTDUMP\
    FT.DROP\
    FT.DROPINDEX\
    FT.EXPLAIN\
    FT.EXPLAINCLI\
    FT.HYBRID\
    FT.INFO\
    FT.PROFILE\
    FT.SEARCH\
    FT.SPELLCHECK\
    FT.SUGADD\
    FT.SUGDEL\
    FT.SUGGET\
    FT.SUGLEN\
    FT.SYNDUMP\
    FT.SYNUPDATE\
    FT.TAGVALS\
    FT._LIST\
    FUNCTION\
    FUNCTION DELETE\
    FUNCTION DUMP\
    FUNCTION FLUSH\
    FUNCTION HELP\
    FUNCTION KILL\
    FUNCTION LIST\
    FUNCTION LOAD\
    FUNCTION RESTORE\
    FUNCTION STATS\
    GEOADD\
    GEODIST\
    GEOHASH\
    GEOPOS\
    GEORADIUS\
    GEORADIUSBYMEMBER\
    GEORADIUSBYMEMBER_RO\
    GEORADIUS_RO\
    GEOSEARCH\
    GEOSEARCHSTORE\
    GET\
    GETBIT\
    GETDEL\
    GETEX\
    GETRANGE\
    GETSET\
    HDEL\
    HELLO\
    HEXISTS\
    HEXPIRE\
    HEXPIREAT\
    HEXPIRETIME\
    HGET\
    HGETALL\
    HGETDEL\
    HGETEX\
    HIMPORT\
    HIMPORT DISCARD\
    HIMPORT DISCARDALL\
    HIMPORT PREPARE\
    HIMPORT SET\
    HINCRBY\
    HINCRBYFLOAT\
    HKEYS\
    HLEN\
    HMGET\
    HMSET\
    HOTKEYS\
    HOTKEYS GET\
    HOTKEYS HELP\
    HOTKEYS RESET\
    HOTKEYS START\
    HOTKEYS STOP\
    HPERSIST\
    HPEXPIRE\
    HPEXPIREAT\
    HPEXPIRETIME\
    HPTTL\
    HRANDFIELD\
    HSCAN\
    HSET\
    HSETEX\
    HSETNX\
    HSTRLEN\
    HTTL\
    HVALS\
    INCR\
    INCRBY\
    INCRBYFLOAT\
    INCREX\
    INFO\
    JSON.ARRAPPEND\
    JSON.ARRINDEX\
    JSON.ARRINSERT\
    JSON.ARRLEN\
    JSON.ARRPOP\
    JSON.ARRTRIM\
    JSON.CLEAR\
    JSON.DEBUG\
    JSON.DEBUG HELP\
    JSON.DEBUG MEMORY\
    JSON.DEL\
    JSON.FORGET\
    JSON.GET\
    JSON.MERGE\
    JSON.MGET\
    JSON.MSET\
    JSON.NUMINCRBY\
    JSON.NUMMULTBY\
    JSON.NUMPOWBY\
    JSON.OBJKEYS\
    JSON.OBJLEN\
    JSON.RESP\
    JSON.SET\
    JSON.STRAPPEND\
    JSON.STRLEN\
    JSON.TOGGLE\
    JSON.TYPE\
    KEYS\
    LASTSAVE\
    LATENCY\
    LATENCY DOCTOR\
    LATENCY GRAPH\
    LATENCY HELP\
    LATENCY HISTOGRAM\
    LATENCY HISTORY\
    LATENCY LATEST\
    LATENCY RESET\
    LCS\
    LINDEX\
    LINSERT\
    LLEN\
    LMOVE\
    LMOVEM\
    LMPOP\
    LOLWUT\
    LPOP\
    LPOS\
    LPUSH\
    LPUSHX\
    LRANGE\
    LREM\
    LSET\
    LTRIM\
    MEMORY\
    MEMORY DOCTOR\
    MEMORY HELP\
    MEMORY MALLOC-STATS\
    MEMORY PURGE\
    MEMORY STATS\
    MEMORY USAGE\
    MGET\
    MIGRATE\
    MODULE\
    MODULE HELP\
    MODULE LIST\
    MODULE LOAD\
    MODULE LOADEX\
    MODULE UNLOAD\
    MONITOR\
    MOVE\
    MSET\
    MSETEX\
    MSETNX\
    MULTI\
    OBJECT\
    OBJECT ENCODING\
    OBJECT FREQ\
    OBJECT HELP\
    OBJECT IDLETIME\
    OBJECT REFCOUNT\
    PERSIST\
    PEXPIRE\
    PEXPIREAT\
    PEXPIRETIME\
    PFADD\
    PFCOUNT\
    PFDEBUG\
    PFMERGE\
    PFSELFTEST\
    PING\
    PSETEX\
    PSUBSCRIBE\
    PSYNC\
    PTTL\
    PUBLISH\
    PUBSUB\
    PUBSUB CHANNELS\
    PUBSUB HELP\
    PUBSUB NUMPAT\
    PUBSUB NUMSUB\
    PUBSUB SHARDCHANNELS\
    PUBSUB SHARDNUMSUB\
    PUNSUBSCRIBE\
    QUIT\
    RANDOMKEY\
    READONLY\
    READWRITE\
    RENAME\
    RENAMENX\
    REPLCONF\
    REPLICAOF\
    RESET\
    RESTORE\
    RESTORE-ASKING\
    ROLE\
    RPOP\
    RPOPLPUSH\
    RPUSH\
    RPUSHX\
    SADD\
    SAVE\
    SCAN\
    SCARD\
    SCRIPT\
    SCRIPT DEBUG\
    SCRIPT EXISTS\
    SCRIPT FLUSH\
    SCRIPT HELP\
    SCRIPT KILL\
    SCRIPT LOAD\
    SCRIPT SHOW\
    SDIFF\
    SDIFFCARD\
    SDIFFSTORE\
    SELECT\
    SENTINEL\
    SENTINEL CKQUORUM\
    SENTINEL CONFIG\
    SENTINEL DEBUG\
    SENTINEL FAILOVER\
    SENTINEL FLUSHCONFIG\
    SENTINEL GET-MASTER-ADDR-BY-NAME\
    SENTINEL GET-PRIMARY-ADDR-BY-NAME\
    SENTINEL HELP\
    SENTINEL INFO-CACHE\
    SENTINEL IS-MASTER-DOWN-BY-ADDR\
    SENTINEL IS-PRIMARY-DOWN-BY-ADDR\
    SENTINEL MASTER\
    SENTINEL MASTERS\
    SENTINEL MONITOR\
    SENTINEL MYID\
    SENTINEL PENDING-SCRIPTS\
    SENTINEL PRIMARIES\
    SENTINEL PRIMARY\
    SENTINEL REMOVE\
    SENTINEL REPLICAS\
    SENTINEL RESET\
    SENTINEL SENTINELS\
    SENTINEL SET\
    SENTINEL SIMULATE-FAILURE\
    SENTINEL SLAVES\
    SET\
    SETBIT\
    SETEX\
    SETNX\
    SETRANGE\
    SHUTDOWN\
    SINTER\
    SINTERCARD\
    SINTERSTORE\
    SISMEMBER\
    SLAVEOF\
    SLOWLOG\
    SLOWLOG GET\
    SLOWLOG HELP\
    SLOWLOG LEN\
    SLOWLOG RESET\
    SMEMBERS\
    SMISMEMBER\
    SMOVE\
    SORT\
    SORT_RO\
    SPOP\
    SPUBLISH\
    SRANDMEMBER\
    SREM\
    SSCAN\
    SSUBSCRIBE\
    STRLEN\
    SUBSCRIBE\
    SUBSTR\
    SUNION\
    SUNIONCARD\
    SUNIONSTORE\
    SUNSUBSCRIBE\
    SWAPDB\
    SYNC\
    TDIGEST.ADD\
    TDIGEST.BYRANK\
    TDIGEST.BYREVRANK\
    TDIGEST.CDF\
    TDIGEST.CREATE\
    TDIGEST.INFO\
    TDIGEST.MAX\
    TDIGEST.MERGE\
    TDIGEST.MIN\
    TDIGEST.QUANTILE\
    TDIGEST.RANK\
    TDIGEST.RESET\
    TDIGEST.REVRANK\
    TDIGEST.TRIMMED_MEAN\
    TIME\
    TIMESERIES.REFRESHCLUSTER\
    TOPK.ADD\
    TOPK.COUNT\
    TOPK.INCRBY\
    TOPK.INFO\
    TOPK.LIST\
    TOPK.QUERY\
    TOPK.RESERVE\
    TOUCH\
    TRIMSLOTS\
    TS.ADD\
    TS.ALTER\
    TS.CREATE\
    TS.CREATERULE\
    TS.DECRBY\
    TS.DEL\
    TS.DELETERULE\
    TS.GET\
    TS.INCRBY\
    TS.INFO\
    TS.MADD\
    TS.MGET\
    TS.MRANGE\
    TS.MREVRANGE\
    TS.NRANGE\
    TS.NREVRANGE\
    TS.QUERYINDEX\
    TS.QUERYLABELS\
    TS.RANGE\
    TS.READ\
    TS.REVRANGE\
    TTL\
    TYPE\
    UNLINK\
    UNSUBSCRIBE\
    UNWATCH\
    VADD\
    VCARD\
    VDIM\
    VEMB\
    VGETATTR\
    VINFO\
    VISMEMBER\
    VLINKS\
    VRANDMEMBER\
    VRANGE\
    VREM\
    VSETATTR\
    VSIM\
    WAIT\
    WAITAOF\
    WATCH\
    XACK\
    XACKDEL\
    XADD\
    XAUTOCLAIM\
    XCFGSET\
    XCLAIM\
    XDEL\
    XDELEX\
    XGROUP\
    XGROUP CREATE\
    XGROUP CREATECONSUMER\
    XGROUP DELCONSUMER\
    XGROUP DESTROY\
    XGROUP HELP\
    XGROUP SETID\
    XIDMPRECORD\
    XINFO\
    XINFO CONSUMERS\
    XINFO GROUPS\
    XINFO HELP\
    XINFO STREAM\
    XLEN\
    XNACK\
    XPENDING\
    XRANGE\
    XREAD\
    XREADGROUP\
    XREVRANGE\
    XSETID\
    XTRIM\
    ZADD\
    ZCARD\
    ZCOUNT\
    ZDIFF\
    ZDIFFSTORE\
    ZINCRBY\
    ZINTER\
    ZINTERCARD\
    ZINTERSTORE\
    ZLEXCOUNT\
    ZMPOP\
    ZMSCORE\
    ZPOPMAX\
    ZPOPMIN\
    ZRANDMEMBER\
    ZRANGE\
    ZRANGEBYLEX\
    ZRANGEBYSCORE\
    ZRANGESTORE\
    ZRANK\
    ZREM\
    ZREMRANGEBYLEX\
    ZREMRANGEBYRANK\
    ZREMRANGEBYSCORE\
    ZREVRANGE\
    ZREVRANGEBYLEX\
    ZREVRANGEBYSCORE\
    ZREVRANK\
    ZSCAN\
    ZSCORE\
    ZUNION\
    ZUNIONSTORE";

pub(super) static KEYS: [Keys; 20] = [
    /* 0 */ Keys::None,
    /* 1 */ Keys::First,
    /* 2 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(2), find: Find::Range { last: 0, step: 1, limit: 0 } }, KeySpec { begin: Begin::Index(3), find: Find::Range { last: -1, step: 1, limit: 0 } }])),
    /* 3 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(1), find: Find::Range { last: 0, step: 1, limit: 0 } }, KeySpec { begin: Begin::Index(2), find: Find::Range { last: 0, step: 1, limit: 0 } }])),
    /* 4 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(2), find: Find::Keynum { index: 0, first: 1, step: 1 } }])),
    /* 5 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(1), find: Find::Range { last: -2, step: 1, limit: 0 } }])),
    /* 6 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(1), find: Find::Range { last: 0, step: 1, limit: 0 } }, KeySpec { begin: Begin::Index(2), find: Find::Keynum { index: 0, first: 1, step: 1 } }])),
    /* 7 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(1), find: Find::Range { last: -1, step: 1, limit: 0 } }])),
    /* 8 */ Keys::Georadius,
    /* 9 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(2), find: Find::Range { last: 0, step: 1, limit: 0 } }])),
    /* 10 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(1), find: Find::Range { last: -1, step: 3, limit: 0 } }])),
    /* 11 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(1), find: Find::Range { last: 1, step: 1, limit: 0 } }])),
    /* 12 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(1), find: Find::Keynum { index: 0, first: 1, step: 1 } }])),
    /* 13 */ Keys::Migrate,
    /* 14 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(1), find: Find::Range { last: -1, step: 2, limit: 0 } }])),
    /* 15 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(1), find: Find::Keynum { index: 0, first: 1, step: 2 } }])),
    /* 16 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Index(1), find: Find::Range { last: 0, step: 1, limit: 0 } }, KeySpec { begin: Begin::Index(2), find: Find::Range { last: -1, step: 1, limit: 0 } }])),
    /* 17 */ Keys::Sort,
    /* 18 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Keyword { word: Borrowed("STREAMS"), from: 1 }, find: Find::Range { last: -1, step: 1, limit: 2 } }])),
    /* 19 */ Keys::Specs(Borrowed(&[KeySpec { begin: Begin::Keyword { word: Borrowed("STREAMS"), from: 4 }, find: Find::Range { last: -1, step: 1, limit: 2 } }])),
];

pub(super) static HANDLINGS: [Handling; 83] = [
    /* 0 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 1 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 2 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Map, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 3 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: Some(&refusals::NODE) },
    /* 4 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::PerNode, shape: Shape::Maps, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 5 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::CONNECTION) },
    /* 6 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::NODE) },
    /* 7 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Map, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::NODE) },
    /* 8 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 9 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Map, shape_when: &[(When::Argc(3), Shape::Any)], pace: Pace::Fast, refusal: None },
    /* 10 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Bools, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 11 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Blocking { at: -1 }, refusal: None },
    /* 12 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Blocking { at: 5 }, refusal: None },
    /* 13 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Blocking { at: 1 }, refusal: None },
    /* 14 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::KeyedScoredPairs, shape_when: &[], pace: Pace::Blocking { at: 1 }, refusal: None },
    /* 15 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::KeyedScore, shape_when: &[], pace: Pace::Blocking { at: -1 }, refusal: None },
    /* 16 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Text, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 17 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::PerNode, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 18 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::PerNode, shape: Shape::Text, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 19 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::NODE) },
    /* 20 */ Handling { request: Request::SlotArgument(2), split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 21 */ Handling { request: Request::SlotArgument(2), split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 22 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Maps, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::NODE) },
    /* 23 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Maps, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 24 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Concat, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 25 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::INTERNAL) },
    /* 26 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::Sum, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 27 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::PerNode, shape: Shape::Map, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 28 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 29 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Sum, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 30 */ Handling { request: Request::Any, split: Split::Keys { tail: 0 }, merge: Merge::Sum, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 31 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::TRANSACTION) },
    /* 32 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 33 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::REPLICATION) },
    /* 34 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 35 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Set, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 36 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::MapOfPairs, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 37 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::CURSOR) },
    /* 38 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 39 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::OneOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 40 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::PerNode, shape: Shape::Map, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 41 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Coordinates, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 42 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Map, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::CONNECTION) },
    /* 43 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Max, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::FIELDSET) },
    /* 44 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::FIELDSET) },
    /* 45 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::FIELDSET) },
    /* 46 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("WITHVALUES"), Shape::Pairs)], pace: Pace::Fast, refusal: None },
    /* 47 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::PerNode, shape: Shape::Text, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 48 */ Handling { request: Request::Any, split: Split::Keys { tail: 1 }, merge: Merge::Position, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 49 */ Handling { request: Request::Any, split: Split::Groups { step: 3 }, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 50 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Concat, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 51 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("IDX"), Shape::Map)], pace: Pace::Fast, refusal: None },
    /* 52 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::PerNode, shape: Shape::DeepMap, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 53 */ Handling { request: Request::Any, split: Split::Keys { tail: 0 }, merge: Merge::Position, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 54 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::STREAM) },
    /* 55 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::DATABASE) },
    /* 56 */ Handling { request: Request::Any, split: Split::Groups { step: 2 }, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 57 */ Handling { request: Request::Any, split: Split::Counted { step: 2 }, merge: Merge::AllOk, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 58 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::SUBSCRIBE) },
    /* 59 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::Union, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 60 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::SumPairs, shape: Shape::Map, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 61 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::FirstNonNull, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 62 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::SCAN) },
    /* 63 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::And, shape: Shape::Bools, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 64 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::OneOk, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 65 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::SELECT) },
    /* 66 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::SENTINEL) },
    /* 67 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::SHUTDOWN) },
    /* 68 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Argc(3), Shape::Set)], pace: Pace::Fast, refusal: None },
    /* 69 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::DATABASE) },
    /* 70 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Doubles, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 71 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Double, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 72 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::BlockingToken, refusal: None },
    /* 73 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Doubles, shape_when: &[(When::Token("RAW"), Shape::Any)], pace: Pace::Fast, refusal: None },
    /* 74 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("WITHSCORES"), Shape::Map)], pace: Pace::Fast, refusal: None },
    /* 75 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Min, shape: Shape::Any, shape_when: &[], pace: Pace::BlockingMs { at: 2 }, refusal: Some(&refusals::WAIT) },
    /* 76 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Min, shape: Shape::Any, shape_when: &[], pace: Pace::BlockingMs { at: 3 }, refusal: Some(&refusals::WAIT) },
    /* 77 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::MapOfPairs, shape_when: &[], pace: Pace::BlockingToken, refusal: None },
    /* 78 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("INCR"), Shape::Double)], pace: Pace::Fast, refusal: None },
    /* 79 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("WITHSCORES"), Shape::ScoredPairs)], pace: Pace::Fast, refusal: None },
    /* 80 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::KeyedScoredPairs, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 81 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::ScoredPair, shape_when: &[(When::Argc(3), Shape::ScoredPairs)], pace: Pace::Fast, refusal: None },
    /* 82 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("WITHSCORE"), Shape::RankScore)], pace: Pace::Fast, refusal: None },
];

/// By bucket of a top-level name's hash.
pub(super) static DISPLACEMENTS: [u16; 256] = [
    2, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
    1, 0, 2, 2, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 4, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 3, 0, 5,
    0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 1, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1,
    0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 0, 2, 1, 0, 0, 1, 0, 0, 3, 0, 1,
    1, 0, 2, 0, 0, 0, 0, 0, 1, 0, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 1,
    0, 0, 1, 7, 0, 0, 1, 4, 0, 1, 0, 0, 1, 4, 0, 0, 0, 0, 5, 0, 2, 0, 1, 0, 0, 0, 0, 3, 0, 1, 4, 8,
    1, 0, 0, 1, 2, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 0, 4, 0, 4,
    2, 0, 1, 2, 0, 0, 4, 0, 0, 0, 2, 0, 0, 3, 6, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 5, 0, 0,
];

/// Rows by place of a top-level name's hash; 65535 where there is none.
pub(super) static PLACES: [u16; 1024] = [
    518, 189, 65535, 65535, 615, 400, 618, 167, 65535, 304, 65535, 65535, 65535, 65535, 337, 65535, 383, 65535, 65535, 567, 65535, 147, 65535, 65535, 65535, 65535, 65535, 326, 65535, 247, 516, 558,
    65535, 65535, 183, 506, 182, 65535, 65535, 297, 192, 505, 466, 65535, 65535, 488, 65535, 65535, 461, 492, 65535, 312, 65535, 174, 420, 65535, 65535, 249, 65535, 65535, 405, 80, 603, 340,
    478, 370, 246, 65535, 65535, 65535, 538, 67, 416, 65535, 360, 494, 195, 65535, 526, 51, 16, 144, 65535, 65535, 65535, 188, 65535, 65535, 65535, 65535, 65535, 65535, 179, 491, 65535, 302,
    65535, 65535, 65535, 393, 65535, 65535, 65535, 65535, 299, 65535, 371, 610, 65535, 240, 584, 65535, 482, 311, 65535, 65535, 542, 170, 272, 34, 65535, 65535, 173, 563, 65535, 65535, 556, 504,
    198, 65535, 65535, 65535, 65535, 65535, 546, 65535, 65535, 268, 260, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 47, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 57, 301,
    65535, 65535, 65535, 203, 65535, 65535, 65535, 591, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 317, 65535, 65535, 554, 65535, 219, 171, 65535, 65535, 65535, 65535, 65535, 65535, 513, 65535, 65535,
    484, 65535, 549, 65535, 65535, 65535, 372, 462, 65535, 65535, 71, 256, 65535, 65535, 29, 258, 65535, 54, 65535, 56, 65535, 530, 531, 65535, 65535, 65535, 65535, 65535, 65535, 414, 599, 239,
    193, 65535, 32, 525, 583, 65535, 65535, 65535, 588, 65535, 511, 65535, 65535, 65535, 487, 65535, 65535, 30, 254, 553, 65535, 65535, 65535, 65535, 65535, 65535, 463, 537, 33, 411, 252, 65535,
    65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 248, 185, 65535, 65535, 65535, 82, 65535, 430, 65535, 65535, 612, 65535, 65535, 344, 65535, 65535, 496, 65535, 65535, 292, 65535, 64, 295,
    210, 519, 305, 382, 65535, 211, 517, 65535, 65535, 65535, 65535, 65535, 14, 613, 65535, 65535, 62, 22, 65535, 19, 65535, 212, 521, 257, 555, 65535, 464, 282, 617, 217, 65535, 604,
    65535, 65535, 65535, 577, 65535, 65535, 160, 65535, 540, 369, 590, 208, 65535, 65535, 65535, 499, 412, 65535, 286, 65535, 65535, 65535, 65535, 65535, 65535, 17, 310, 65535, 515, 509, 65535, 65535,
    65535, 50, 58, 65535, 65535, 65535, 386, 65535, 65535, 65535, 410, 469, 65535, 65535, 433, 65535, 602, 250, 223, 283, 338, 255, 65535, 65535, 65535, 65535, 65535, 65535, 608, 65535, 562, 65535,
    238, 65535, 459, 387, 65535, 483, 65535, 65535, 65535, 65535, 65535, 65535, 522, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 321, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535,
    65535, 65535, 65535, 65535, 65535, 49, 242, 274, 65535, 569, 534, 65535, 65535, 65535, 510, 65535, 72, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 69, 289, 347, 68, 467, 105, 44, 316,
    406, 65535, 65535, 65535, 65535, 65535, 407, 65535, 65535, 460, 65535, 65535, 65535, 611, 65535, 65535, 65535, 65535, 527, 65535, 65535, 350, 335, 35, 65535, 65535, 598, 202, 213, 65535, 65535, 65535,
    31, 65535, 544, 341, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 570, 65535, 65535, 65535, 485, 65535, 524, 65535, 65535, 23, 178, 431, 348, 601, 65535, 145, 244, 259, 176, 65535,
    65535, 600, 65535, 65535, 65535, 222, 65535, 559, 65535, 65535, 65535, 273, 65535, 65535, 379, 65535, 65535, 345, 390, 65535, 65535, 65535, 65535, 181, 327, 280, 432, 495, 614, 532, 65, 392,
    65535, 65535, 65535, 621, 65535, 79, 65535, 388, 65535, 65535, 606, 65535, 65535, 65535, 65535, 65535, 24, 45, 609, 65535, 65535, 65535, 65535, 578, 65535, 65535, 378, 65535, 15, 401, 308, 65535,
    65535, 65535, 291, 66, 65535, 366, 404, 48, 65535, 419, 65535, 65535, 18, 65535, 65535, 225, 76, 65535, 65535, 216, 65535, 65535, 65535, 65535, 288, 547, 263, 508, 65535, 351, 320, 84,
    65535, 309, 261, 294, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 619, 65535, 65535, 65535, 65535, 65535, 65535, 175, 323, 65535, 65535, 389, 319, 21, 585, 290, 417, 481, 65535,
    65535, 142, 65535, 65535, 220, 497, 65535, 186, 622, 65535, 65535, 65535, 197, 287, 65535, 65535, 83, 65535, 224, 303, 65535, 65535, 65535, 65535, 65535, 536, 551, 477, 65535, 342, 65535, 533,
    270, 65535, 281, 63, 65535, 65535, 65535, 391, 65535, 65535, 172, 65535, 166, 65535, 359, 490, 65535, 65535, 194, 143, 65535, 65535, 65535, 65535, 65535, 586, 65535, 146, 65535, 65535, 65535, 65535,
    65535, 65535, 429, 65535, 65535, 65535, 589, 65535, 65535, 65535, 27, 65535, 566, 607, 65535, 65535, 169, 65535, 339, 65535, 65535, 65535, 561, 65535, 65535, 65535, 285, 65535, 218, 489, 346, 52,
    336, 187, 65535, 502, 61, 65535, 529, 65535, 65535, 418, 65535, 65535, 552, 65535, 65535, 486, 475, 65535, 65535, 313, 65535, 65535, 65535, 65535, 65535, 465, 498, 65535, 293, 587, 271, 65535,
    65535, 65535, 65535, 65535, 65535, 65535, 315, 65535, 512, 65535, 65535, 543, 65535, 237, 296, 500, 65535, 507, 70, 65535, 20, 65535, 616, 184, 65535, 368, 65535, 620, 65535, 65535, 65535, 65535,
    59, 65535, 60, 65535, 65535, 245, 550, 65535, 65535, 65535, 65535, 65535, 565, 65535, 65535, 65535, 322, 65535, 385, 65535, 227, 468, 65535, 65535, 65535, 65535, 65535, 65535, 541, 55, 381, 65535,
    65535, 65535, 253, 28, 596, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 0, 284, 65535, 480, 65535, 65535, 65535, 65535, 65535, 77, 196, 367, 65535, 65535, 501, 503, 75, 560, 593, 65535,
    65535, 215, 402, 180, 415, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 43, 65535, 65535, 74, 65535, 65535, 65535, 65535, 65535, 564, 318, 207, 545, 25, 65535, 65535, 409,
    343, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 493, 408, 65535, 623, 380, 78, 470, 65535, 384, 65535, 65535, 65535, 191, 594, 65535, 65535, 65535, 65535, 548, 403, 325, 251, 479,
    65535, 65535, 324, 65535, 214, 65535, 65535, 65535, 413, 65535, 514, 65535, 298, 177, 65535, 65535, 241, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535,
    65535, 523, 557, 65535, 53, 65535, 595, 190, 243, 65535, 65535, 65535, 528, 168, 65535, 65535, 26, 81, 65535, 476, 539, 221, 520, 65535, 65535, 65535, 65535, 358, 65535, 65535, 269, 65535,
    65535, 65535, 65535, 141, 65535, 46, 65535, 65535, 65535, 65535, 209, 592, 65535, 65535, 349, 155, 65535, 65535, 262, 65535, 314, 568, 226, 597, 73, 421, 535, 605, 65535, 65535, 300, 65535,
];
