//! Every command and subcommand. Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

use alloc::borrow::Cow::Borrowed;

use super::{Kind, Packed, refusals};
use crate::{
    route::command::{Begin, Find, Flags as F, Handling, KeySpec, Keys, Merge, Pace, Request, Split, When},
    route::recipe::Kind as Recipe,
    wire::shape::Shape,
};

const fn row(name: u16, length: u8, arity: i8, kind: u8) -> Packed {
    Packed { name: name.to_le_bytes(), length, arity, kind }
}

const fn kind(flags: u16, keys: u8, handling: u8) -> Kind {
    Kind { flags, keys, handling }
}

/// By name, which puts subcommands behind their container.
pub(super) static ROWS: [Packed; 624] = [
    row(0, 3, -2, 0), // ACL
    row(1484, 7, -2, 1), // ACL CAT
    row(0, 11, -3, 2), // ACL DELUSER
    row(19, 10, -4, 3), // ACL DRYRUN
    row(33, 11, -2, 1), // ACL GENPASS
    row(47, 11, 3, 4), // ACL GETUSER
    row(111, 8, 2, 1), // ACL HELP
    row(132, 8, 2, 3), // ACL LIST
    row(156, 8, 2, 5), // ACL LOAD
    row(164, 7, -2, 6), // ACL LOG
    row(171, 8, 2, 2), // ACL SAVE
    row(199, 11, -3, 2), // ACL SETUSER
    row(210, 9, 2, 3), // ACL USERS
    row(260, 10, 2, 1), // ACL WHOAMI
    row(3855, 6, 3, 7), // APPEND
    row(3952, 7, 2, 8), // ARCOUNT
    row(779, 5, -3, 7), // ARDEL
    row(779, 10, -4, 7), // ARDELRANGE
    row(270, 5, 3, 8), // ARGET
    row(270, 10, 4, 8), // ARGETRANGE
    row(284, 6, -6, 8), // ARGREP
    row(340, 6, -2, 9), // ARINFO
    row(381, 8, -3, 7), // ARINSERT
    row(402, 11, -3, 8), // ARLASTITEMS
    row(440, 5, 2, 8), // ARLEN
    row(445, 6, -3, 8), // ARMGET
    row(494, 6, -4, 7), // ARMSET
    row(527, 6, 2, 8), // ARNEXT
    row(556, 4, -5, 8), // AROP
    row(566, 6, -4, 7), // ARRING
    row(572, 6, -4, 8), // ARSCAN
    row(578, 6, 3, 7), // ARSEEK
    row(584, 5, -4, 7), // ARSET
    row(3474, 6, 1, 10), // ASKING
    row(602, 4, -2, 10), // AUTH
    row(622, 6, -2, 0), // BACKUP
    row(1000, 12, 2, 11), // BACKUP ABORT
    row(1440, 14, 2, 11), // BACKUP CLEANUP
    row(4533, 11, 2, 1), // BACKUP HELP
    row(622, 11, 2, 12), // BACKUP LIST
    row(659, 11, 2, 11), // BACKUP SEAL
    row(695, 12, 2, 11), // BACKUP START
    row(726, 13, 2, 13), // BACKUP STATUS
    row(769, 6, 3, 14), // BF.ADD
    row(775, 7, 2, 8), // BF.CARD
    row(804, 8, 2, 8), // BF.DEBUG
    row(812, 9, 3, 15), // BF.EXISTS
    row(825, 7, -2, 16), // BF.INFO
    row(832, 9, -4, 17), // BF.INSERT
    row(849, 12, 4, 7), // BF.LOADCHUNK
    row(861, 7, -3, 17), // BF.MADD
    row(868, 10, -3, 18), // BF.MEXISTS
    row(884, 10, -4, 7), // BF.RESERVE
    row(894, 11, 3, 8), // BF.SCANDUMP
    row(939, 12, 1, 11), // BGREWRITEAOF
    row(961, 6, -1, 11), // BGSAVE
    row(451, 8, -2, 8), // BITCOUNT
    row(589, 8, -2, 19), // BITFIELD
    row(589, 11, -2, 8), // BITFIELD_RO
    row(967, 5, -4, 20), // BITOP
    row(977, 6, -3, 8), // BITPOS
    row(993, 6, 6, 21), // BLMOVE
    row(993, 7, -6, 22), // BLMOVEM
    row(1027, 6, -5, 23), // BLMPOP
    row(1118, 5, -3, 24), // BLPOP
    row(1156, 5, -3, 24), // BRPOP
    row(1156, 10, 4, 21), // BRPOPLPUSH
    row(1192, 6, -5, 25), // BZMPOP
    row(1213, 8, -3, 26), // BZPOPMAX
    row(1238, 8, -3, 26), // BZPOPMIN
    row(908, 6, 3, 14), // CF.ADD
    row(908, 8, 3, 14), // CF.ADDNX
    row(3042, 10, 2, 8), // CF.COMPACT
    row(1263, 8, 3, 8), // CF.COUNT
    row(1281, 8, 2, 8), // CF.DEBUG
    row(1289, 6, 3, 14), // CF.DEL
    row(1299, 9, 3, 15), // CF.EXISTS
    row(1319, 7, 2, 9), // CF.INFO
    row(1326, 9, -4, 7), // CF.INSERT
    row(1326, 11, -4, 7), // CF.INSERTNX
    row(1374, 12, 4, 7), // CF.LOADCHUNK
    row(1386, 10, -3, 18), // CF.MEXISTS
    row(1403, 10, -3, 7), // CF.RESERVE
    row(1413, 11, 3, 8), // CF.SCANDUMP
    row(1474, 6, -2, 0), // CLIENT
    row(3157, 14, 3, 10), // CLIENT CACHING
    row(1474, 11, -3, 10), // CLIENT CAPA
    row(1501, 14, 2, 1), // CLIENT GETNAME
    row(1535, 15, 2, 1), // CLIENT GETREDIR
    row(1550, 11, 2, 1), // CLIENT HELP
    row(1561, 9, 2, 1), // CLIENT ID
    row(1570, 20, 3, 10), // CLIENT IMPORT-SOURCE
    row(1590, 11, 2, 27), // CLIENT INFO
    row(1601, 11, -3, 28), // CLIENT KILL
    row(1614, 11, -2, 29), // CLIENT LIST
    row(1625, 15, 3, 30), // CLIENT NO-EVICT
    row(1640, 15, 3, 10), // CLIENT NO-TOUCH
    row(1663, 12, -3, 11), // CLIENT PAUSE
    row(1679, 12, 3, 10), // CLIENT REPLY
    row(1691, 14, 4, 31), // CLIENT SETINFO
    row(1705, 14, 3, 32), // CLIENT SETNAME
    row(1747, 15, -3, 10), // CLIENT TRACKING
    row(1747, 19, 2, 33), // CLIENT TRACKINGINFO
    row(1766, 14, -3, 34), // CLIENT UNBLOCK
    row(1780, 14, 2, 11), // CLIENT UNPAUSE
    row(1813, 7, -2, 0), // CLUSTER
    row(1854, 16, -3, 35), // CLUSTER ADDSLOTS
    row(1854, 21, -4, 35), // CLUSTER ADDSLOTSRANGE
    row(1813, 17, 2, 35), // CLUSTER BUMPEPOCH
    row(1875, 28, 2, 11), // CLUSTER CANCELSLOTMIGRATIONS
    row(1912, 29, 3, 12), // CLUSTER COUNT-FAILURE-REPORTS
    row(1945, 23, 3, 36), // CLUSTER COUNTKEYSINSLOT
    row(1968, 16, -3, 37), // CLUSTER DELSLOTS
    row(1968, 21, -4, 38), // CLUSTER DELSLOTSRANGE
    row(2000, 16, -2, 39), // CLUSTER FAILOVER
    row(2016, 17, -3, 40), // CLUSTER FLUSHSLOT
    row(2016, 18, 2, 35), // CLUSTER FLUSHSLOTS
    row(2041, 14, 3, 35), // CLUSTER FORGET
    row(2089, 21, 4, 36), // CLUSTER GETKEYSINSLOT
    row(2110, 25, 2, 41), // CLUSTER GETSLOTMIGRATIONS
    row(2148, 12, 2, 1), // CLUSTER HELP
    row(2160, 12, 2, 42), // CLUSTER INFO
    row(2172, 15, 3, 1), // CLUSTER KEYSLOT
    row(2187, 13, 2, 43), // CLUSTER LINKS
    row(2216, 12, -4, 35), // CLUSTER MEET
    row(2228, 20, -4, 35), // CLUSTER MIGRATESLOTS
    row(2253, 17, -4, 35), // CLUSTER MIGRATION
    row(2270, 12, 2, 44), // CLUSTER MYID
    row(2282, 17, 2, 44), // CLUSTER MYSHARDID
    row(2299, 13, 2, 45), // CLUSTER NODES
    row(2331, 16, 3, 46), // CLUSTER REPLICAS
    row(2388, 17, 3, 35), // CLUSTER REPLICATE
    row(2405, 13, -2, 39), // CLUSTER RESET
    row(2418, 18, 2, 11), // CLUSTER SAVECONFIG
    row(2446, 24, 3, 35), // CLUSTER SET-CONFIG-EPOCH
    row(2490, 15, -4, 35), // CLUSTER SETSLOT
    row(2505, 14, 2, 47), // CLUSTER SHARDS
    row(2551, 14, 3, 46), // CLUSTER SLAVES
    row(2577, 18, -4, 48), // CLUSTER SLOT-STATS
    row(2600, 13, 2, 49), // CLUSTER SLOTS
    row(2618, 17, -3, 50), // CLUSTER SYNCSLOTS
    row(2660, 10, -4, 7), // CMS.INCRBY
    row(2670, 8, 2, 9), // CMS.INFO
    row(2678, 13, 4, 7), // CMS.INITBYDIM
    row(2691, 14, 4, 7), // CMS.INITBYPROB
    row(2718, 9, -4, 51), // CMS.MERGE
    row(2737, 9, -3, 8), // CMS.QUERY
    row(2746, 7, -1, 52), // COMMAND
    row(2746, 13, 2, 1), // COMMAND COUNT
    row(2759, 12, -2, 33), // COMMAND DOCS
    row(2796, 15, -3, 1), // COMMAND GETKEYS
    row(2796, 23, -3, 1), // COMMAND GETKEYSANDFLAGS
    row(2849, 12, 2, 1), // COMMAND HELP
    row(2861, 12, -2, 1), // COMMAND INFO
    row(2873, 12, -2, 1), // COMMAND LIST
    row(2885, 10, -2, 0), // COMMANDLOG
    row(2885, 14, -4, 53), // COMMANDLOG GET
    row(2899, 15, 2, 1), // COMMANDLOG HELP
    row(2914, 14, 3, 54), // COMMANDLOG LEN
    row(2928, 16, 3, 2), // COMMANDLOG RESET
    row(2075, 6, -2, 0), // CONFIG
    row(2959, 10, -3, 55), // CONFIG GET
    row(2972, 11, 2, 1), // CONFIG HELP
    row(2430, 16, 2, 2), // CONFIG RESETSTAT
    row(2075, 14, 2, 56), // CONFIG REWRITE
    row(2986, 10, -4, 2), // CONFIG SET
    row(2944, 4, -3, 57), // COPY
    row(254, 6, 1, 58), // DBSIZE
    row(127, 5, -2, 5), // DEBUG
    row(1397, 4, 2, 7), // DECR
    row(1397, 6, 3, 7), // DECRBY
    row(4, 3, -2, 59), // DEL
    row(1167, 5, -2, 14), // DELEX
    row(1292, 7, 3, 14), // DELIFEQ
    row(98, 6, 2, 8), // DIGEST
    row(4561, 7, 1, 60), // DISCARD
    row(901, 4, 2, 8), // DUMP
    row(502, 4, 2, 1), // ECHO
    row(75, 4, -3, 61), // EVAL
    row(75, 7, -3, 61), // EVALSHA
    row(75, 10, -3, 62), // EVALSHA_RO
    row(178, 7, -3, 62), // EVAL_RO
    row(500, 4, 1, 60), // EXEC
    row(225, 6, -2, 63), // EXISTS
    row(1655, 6, -3, 14), // EXPIRE
    row(1655, 8, -3, 14), // EXPIREAT
    row(1830, 10, 2, 8), // EXPIRETIME
    row(2008, 8, -1, 64), // FAILOVER
    row(294, 5, -3, 61), // FCALL
    row(294, 8, -3, 62), // FCALL_RO
    row(3388, 8, -1, 65), // FLUSHALL
    row(249, 7, -1, 65), // FLUSHDB
    row(369, 12, -3, 66), // FT.AGGREGATE
    row(950, 11, 3, 67), // FT.ALIASADD
    row(1062, 11, 2, 67), // FT.ALIASDEL
    row(3587, 12, 2, 68), // FT.ALIASLIST
    row(4350, 14, 3, 67), // FT.ALIASUPDATE
    row(2948, 8, -6, 67), // FT.ALTER
    row(2956, 9, -2, 69), // FT.CONFIG
    row(2956, 13, 3, 70), // FT.CONFIG GET
    row(2969, 14, 3, 71), // FT.CONFIG HELP
    row(2983, 13, 4, 72), // FT.CONFIG SET
    row(2996, 9, -5, 73), // FT.CREATE
    row(3005, 9, -2, 69), // FT.CURSOR
    row(3005, 13, 4, 74), // FT.CURSOR DEL
    row(3031, 12, -3, 75), // FT.CURSOR GC
    row(3063, 14, -4, 74), // FT.CURSOR READ
    row(3081, 10, -3, 67), // FT.DICTADD
    row(3091, 10, -3, 67), // FT.DICTDEL
    row(3113, 11, 2, 68), // FT.DICTDUMP
    row(3124, 7, -2, 73), // FT.DROP
    row(3124, 12, -2, 73), // FT.DROPINDEX
    row(3147, 10, -3, 76), // FT.EXPLAIN
    row(3147, 13, -3, 76), // FT.EXPLAINCLI
    row(3171, 9, -5, 66), // FT.HYBRID
    row(3180, 7, 2, 77), // FT.INFO
    row(3187, 10, -5, 66), // FT.PROFILE
    row(3197, 9, -3, 66), // FT.SEARCH
    row(3245, 13, -3, 76), // FT.SPELLCHECK
    row(3258, 9, -4, 7), // FT.SUGADD
    row(3267, 9, 3, 14), // FT.SUGDEL
    row(3291, 9, -3, 8), // FT.SUGGET
    row(3300, 9, 2, 8), // FT.SUGLEN
    row(3309, 10, 2, 77), // FT.SYNDUMP
    row(3319, 12, -4, 67), // FT.SYNUPDATE
    row(3331, 10, 3, 68), // FT.TAGVALS
    row(3343, 8, 1, 68), // FT._LIST
    row(3351, 8, -2, 0), // FUNCTION
    row(3351, 15, 3, 78), // FUNCTION DELETE
    row(3366, 13, 2, 1), // FUNCTION DUMP
    row(3379, 14, -2, 65), // FUNCTION FLUSH
    row(3402, 13, 2, 1), // FUNCTION HELP
    row(3415, 13, 2, 79), // FUNCTION KILL
    row(3431, 13, -2, 47), // FUNCTION LIST
    row(3444, 13, -3, 65), // FUNCTION LOAD
    row(3457, 16, -3, 65), // FUNCTION RESTORE
    row(3480, 14, 2, 80), // FUNCTION STATS
    row(278, 6, -5, 7), // GEOADD
    row(787, 7, -4, 8), // GEODIST
    row(1987, 7, -2, 8), // GEOHASH
    row(2061, 6, -2, 81), // GEOPOS
    row(2640, 9, -6, 82), // GEORADIUS
    row(2640, 17, -5, 82), // GEORADIUSBYMEMBER
    row(2640, 20, -5, 8), // GEORADIUSBYMEMBER_RO
    row(2725, 12, -6, 8), // GEORADIUS_RO
    row(3502, 9, -7, 8), // GEOSEARCH
    row(3502, 14, -8, 83), // GEOSEARCHSTORE
    row(51, 3, 2, 8), // GET
    row(448, 6, 3, 8), // GETBIT
    row(3206, 6, 2, 7), // GETDEL
    row(4441, 5, -2, 7), // GETEX
    row(272, 8, 4, 8), // GETRANGE
    row(2052, 6, 3, 7), // GETSET
    row(605, 4, -3, 7), // HDEL
    row(2787, 5, -1, 84), // HELLO
    row(681, 7, 3, 15), // HEXISTS
    row(1654, 7, -6, 7), // HEXPIRE
    row(1654, 9, -6, 7), // HEXPIREAT
    row(1829, 11, -5, 8), // HEXPIRETIME
    row(2469, 4, 3, 8), // HGET
    row(2469, 7, 2, 9), // HGETALL
    row(3205, 7, -5, 7), // HGETDEL
    row(4440, 6, -5, 7), // HGETEX
    row(3566, 7, -2, 0), // HIMPORT
    row(4553, 15, 3, 85), // HIMPORT DISCARD
    row(4553, 18, 2, 85), // HIMPORT DISCARDALL
    row(3566, 15, -4, 86), // HIMPORT PREPARE
    row(3599, 11, -5, 87), // HIMPORT SET
    row(3610, 7, 4, 7), // HINCRBY
    row(3610, 12, 4, 7), // HINCRBYFLOAT
    row(3622, 5, 2, 8), // HKEYS
    row(3639, 4, 2, 8), // HLEN
    row(3643, 5, -3, 8), // HMGET
    row(3648, 5, -4, 7), // HMSET
    row(504, 7, -2, 0), // HOTKEYS
    row(504, 11, 2, 88), // HOTKEYS GET
    row(3666, 12, 2, 1), // HOTKEYS HELP
    row(3678, 13, 2, 11), // HOTKEYS RESET
    row(3691, 13, -2, 11), // HOTKEYS START
    row(3704, 12, 2, 11), // HOTKEYS STOP
    row(3723, 8, -5, 7), // HPERSIST
    row(3731, 8, -6, 7), // HPEXPIRE
    row(3731, 10, -6, 7), // HPEXPIREAT
    row(3741, 12, -5, 8), // HPEXPIRETIME
    row(3763, 5, -5, 8), // HPTTL
    row(3768, 10, -2, 89), // HRANDFIELD
    row(3778, 5, -3, 8), // HSCAN
    row(3783, 4, -4, 7), // HSET
    row(3783, 6, -6, 14), // HSETEX
    row(3792, 6, 4, 14), // HSETNX
    row(3802, 7, 3, 8), // HSTRLEN
    row(3809, 4, -5, 8), // HTTL
    row(3813, 5, 2, 8), // HVALS
    row(798, 4, 2, 7), // INCR
    row(798, 6, 3, 7), // INCRBY
    row(3611, 11, 3, 7), // INCRBYFLOAT
    row(1244, 6, -2, 7), // INCREX
    row(342, 4, -1, 90), // INFO
    row(3847, 14, -4, 7), // JSON.ARRAPPEND
    row(3861, 13, -4, 8), // JSON.ARRINDEX
    row(3881, 14, -5, 7), // JSON.ARRINSERT
    row(3895, 11, -2, 8), // JSON.ARRLEN
    row(3906, 11, -2, 7), // JSON.ARRPOP
    row(3917, 12, 5, 7), // JSON.ARRTRIM
    row(3944, 10, -2, 7), // JSON.CLEAR
    row(3959, 10, -2, 69), // JSON.DEBUG
    row(3959, 15, 2, 71), // JSON.DEBUG HELP
    row(3974, 17, -3, 91), // JSON.DEBUG MEMORY
    row(3998, 8, -2, 7), // JSON.DEL
    row(4006, 11, -2, 7), // JSON.FORGET
    row(4017, 8, -2, 8), // JSON.GET
    row(4025, 10, 4, 7), // JSON.MERGE
    row(4035, 9, -3, 92), // JSON.MGET
    row(4044, 9, -4, 93), // JSON.MSET
    row(4053, 14, 4, 7), // JSON.NUMINCRBY
    row(4067, 14, 4, 7), // JSON.NUMMULTBY
    row(4081, 13, 4, 7), // JSON.NUMPOWBY
    row(4094, 12, -2, 8), // JSON.OBJKEYS
    row(4138, 11, -2, 8), // JSON.OBJLEN
    row(4149, 9, -2, 8), // JSON.RESP
    row(4160, 8, -4, 7), // JSON.SET
    row(4168, 14, -3, 7), // JSON.STRAPPEND
    row(4182, 11, -2, 8), // JSON.STRLEN
    row(4193, 11, 3, 7), // JSON.TOGGLE
    row(4204, 9, -2, 8), // JSON.TYPE
    row(507, 4, 2, 94), // KEYS
    row(68, 8, 1, 95), // LASTSAVE
    row(608, 7, -2, 0), // LATENCY
    row(608, 14, 2, 96), // LATENCY DOCTOR
    row(669, 13, 3, 96), // LATENCY GRAPH
    row(748, 12, 2, 1), // LATENCY HELP
    row(1072, 17, -2, 55), // LATENCY HISTOGRAM
    row(2475, 15, 3, 97), // LATENCY HISTORY
    row(3017, 14, 2, 97), // LATENCY LATEST
    row(3100, 13, -2, 98), // LATENCY RESET
    row(3211, 3, -3, 99), // LCS
    row(3275, 6, 3, 8), // LINDEX
    row(3395, 7, 5, 7), // LINSERT
    row(1610, 4, 2, 8), // LLEN
    row(994, 5, 5, 100), // LMOVE
    row(994, 6, -5, 83), // LMOVEM
    row(1028, 5, -4, 101), // LMPOP
    row(2790, 6, -1, 102), // LOLWUT
    row(1119, 4, -2, 7), // LPOP
    row(117, 4, -3, 8), // LPOS
    row(1161, 5, -3, 7), // LPUSH
    row(1161, 6, -3, 7), // LPUSHX
    row(783, 6, 4, 8), // LRANGE
    row(3427, 4, 4, 7), // LREM
    row(3339, 4, 4, 7), // LSET
    row(4570, 5, 4, 7), // LTRIM
    row(314, 6, -2, 0), // MEMORY
    row(3985, 13, 2, 103), // MEMORY DOCTOR
    row(1513, 11, 2, 1), // MEMORY HELP
    row(1717, 19, 2, 103), // MEMORY MALLOC-STATS
    row(3751, 12, 2, 104), // MEMORY PURGE
    row(314, 12, 2, 105), // MEMORY STATS
    row(2376, 12, -3, 91), // MEMORY USAGE
    row(447, 4, -2, 106), // MGET
    row(2236, 7, -6, 107), // MIGRATE
    row(477, 6, -2, 0), // MODULE
    row(477, 11, 2, 1), // MODULE HELP
    row(535, 11, 2, 88), // MODULE LIST
    row(1088, 11, -3, 5), // MODULE LOAD
    row(1088, 13, -3, 5), // MODULE LOADEX
    row(1105, 13, 3, 11), // MODULE UNLOAD
    row(3559, 7, 1, 108), // MONITOR
    row(995, 4, 3, 109), // MOVE
    row(496, 4, -3, 110), // MSET
    row(496, 6, -4, 111), // MSETEX
    row(3649, 6, -3, 112), // MSETNX
    row(1808, 5, 1, 60), // MULTI
    row(84, 6, -2, 0), // OBJECT
    row(2703, 15, 3, 91), // OBJECT ENCODING
    row(84, 11, 3, 91), // OBJECT FREQ
    row(184, 11, 2, 1), // OBJECT HELP
    row(301, 15, 3, 91), // OBJECT IDLETIME
    row(345, 15, 3, 91), // OBJECT REFCOUNT
    row(3724, 7, 2, 14), // PERSIST
    row(3732, 7, -3, 14), // PEXPIRE
    row(3732, 9, -3, 14), // PEXPIREAT
    row(3742, 11, 2, 8), // PEXPIRETIME
    row(194, 5, -2, 14), // PFADD
    row(422, 7, -2, 113), // PFCOUNT
    row(487, 7, 3, 114), // PFDEBUG
    row(559, 7, -2, 115), // PFMERGE
    row(1453, 10, 1, 116), // PFSELFTEST
    row(4543, 4, -1, 117), // PING
    row(4455, 6, 4, 7), // PSETEX
    row(759, 10, -2, 118), // PSUBSCRIBE
    row(904, 5, -3, 50), // PSYNC
    row(3764, 4, 2, 8), // PTTL
    row(4434, 7, 3, 119), // PUBLISH
    row(1032, 6, -2, 0), // PUBSUB
    row(1032, 15, -2, 120), // PUBSUB CHANNELS
    row(1122, 11, 2, 1), // PUBSUB HELP
    row(1132, 13, 2, 121), // PUBSUB NUMPAT
    row(1197, 13, -2, 122), // PUBSUB NUMSUB
    row(1346, 20, -2, 120), // PUBSUB SHARDCHANNELS
    row(1423, 18, -2, 122), // PUBSUB SHARDNUMSUB
    row(1523, 12, -1, 118), // PUNSUBSCRIBE
    row(94, 4, -1, 10), // QUIT
    row(10, 9, 1, 123), // RANDOMKEY
    row(3073, 8, 1, 10), // READONLY
    row(3054, 9, 1, 10), // READWRITE
    row(3514, 6, 3, 124), // RENAME
    row(3514, 8, 3, 125), // RENAMENX
    row(287, 8, -1, 50), // REPLCONF
    row(3579, 9, 3, 64), // REPLICAOF
    row(640, 5, 1, 10), // RESET
    row(3466, 7, -4, 7), // RESTORE
    row(3466, 14, -4, 126), // RESTORE-ASKING
    row(598, 4, 1, 95), // ROLE
    row(1157, 4, -2, 7), // RPOP
    row(1157, 9, 3, 100), // RPOPLPUSH
    row(57, 5, -3, 7), // RPUSH
    row(57, 6, -3, 7), // RPUSHX
    row(957, 4, -3, 7), // SADD
    row(72, 4, 1, 5), // SAVE
    row(43, 4, -2, 127), // SCAN
    row(4563, 5, 2, 8), // SCARD
    row(120, 6, -2, 0), // SCRIPT
    row(120, 12, 3, 72), // SCRIPT DEBUG
    row(218, 13, -3, 128), // SCRIPT EXISTS
    row(242, 12, -2, 129), // SCRIPT FLUSH
    row(412, 11, 2, 1), // SCRIPT HELP
    row(738, 11, 2, 130), // SCRIPT KILL
    row(982, 11, 3, 131), // SCRIPT LOAD
    row(1046, 11, 3, 1), // SCRIPT SHOW
    row(1365, 5, -2, 132), // SDIFF
    row(1365, 9, -3, 133), // SDIFFCARD
    row(1902, 10, -3, 115), // SDIFFSTORE
    row(1673, 6, 2, 134), // SELECT
    row(1792, 8, -2, 135), // SENTINEL
    row(1792, 17, 3, 136), // SENTINEL CKQUORUM
    row(2066, 15, -4, 136), // SENTINEL CONFIG
    row(2134, 14, -2, 136), // SENTINEL DEBUG
    row(2199, 17, 3, 136), // SENTINEL FAILOVER
    row(2311, 20, 2, 136), // SENTINEL FLUSHCONFIG
    row(2346, 32, 3, 136), // SENTINEL GET-MASTER-ADDR-BY-NAME
    row(2518, 33, 3, 136), // SENTINEL GET-PRIMARY-ADDR-BY-NAME
    row(2564, 13, 2, 137), // SENTINEL HELP
    row(2770, 19, -3, 136), // SENTINEL INFO-CACHE
    row(2818, 31, 6, 136), // SENTINEL IS-MASTER-DOWN-BY-ADDR
    row(3213, 32, 6, 136), // SENTINEL IS-PRIMARY-DOWN-BY-ADDR
    row(3535, 15, 3, 136), // SENTINEL MASTER
    row(3535, 16, 2, 136), // SENTINEL MASTERS
    row(3550, 16, 6, 136), // SENTINEL MONITOR
    row(3626, 13, 2, 136), // SENTINEL MYID
    row(3817, 24, 2, 136), // SENTINEL PENDING-SCRIPTS
    row(4105, 18, 2, 136), // SENTINEL PRIMARIES
    row(4122, 16, 3, 136), // SENTINEL PRIMARY
    row(4329, 15, 3, 136), // SENTINEL REMOVE
    row(4313, 17, 3, 136), // SENTINEL REPLICAS
    row(4252, 14, 3, 136), // SENTINEL RESET
    row(4296, 18, 3, 136), // SENTINEL SENTINELS
    row(4615, 12, -5, 136), // SENTINEL SET
    row(4213, 25, -3, 136), // SENTINEL SIMULATE-FAILURE
    row(4238, 15, 3, 136), // SENTINEL SLAVES
    row(203, 3, -3, 7), // SET
    row(586, 6, 4, 7), // SETBIT
    row(497, 5, 4, 7), // SETEX
    row(3650, 5, 3, 14), // SETNX
    row(2055, 8, 4, 7), // SETRANGE
    row(1992, 8, -1, 138), // SHUTDOWN
    row(4266, 6, -2, 132), // SINTER
    row(4266, 10, -3, 133), // SINTERCARD
    row(4276, 11, -3, 115), // SINTERSTORE
    row(4287, 9, 3, 15), // SISMEMBER
    row(4344, 7, 3, 64), // SLAVEOF
    row(4364, 7, -2, 0), // SLOWLOG
    row(4364, 11, -2, 53), // SLOWLOG GET
    row(4375, 12, 2, 1), // SLOWLOG HELP
    row(4387, 11, 2, 54), // SLOWLOG LEN
    row(4398, 13, 2, 2), // SLOWLOG RESET
    row(4289, 8, 2, 139), // SMEMBERS
    row(4411, 10, -3, 18), // SMISMEMBER
    row(4421, 5, 4, 140), // SMOVE
    row(4426, 4, -2, 141), // SORT
    row(4426, 7, -2, 142), // SORT_RO
    row(4156, 4, -2, 143), // SPOP
    row(4433, 8, 3, 119), // SPUBLISH
    row(4470, 11, -2, 8), // SRANDMEMBER
    row(4481, 4, -3, 7), // SREM
    row(42, 5, -3, 8), // SSCAN
    row(4485, 10, -2, 144), // SSUBSCRIBE
    row(3803, 6, 2, 8), // STRLEN
    row(760, 9, -2, 118), // SUBSCRIBE
    row(1207, 6, 4, 8), // SUBSTR
    row(4495, 6, -2, 132), // SUNION
    row(4495, 10, -3, 133), // SUNIONCARD
    row(4505, 11, -3, 115), // SUNIONSTORE
    row(4516, 12, -1, 144), // SUNSUBSCRIBE
    row(4528, 6, 3, 145), // SWAPDB
    row(905, 4, 1, 50), // SYNC
    row(1490, 11, -3, 7), // TDIGEST.ADD
    row(97, 14, -3, 146), // TDIGEST.BYRANK
    row(139, 17, -3, 146), // TDIGEST.BYREVRANK
    row(359, 11, -3, 146), // TDIGEST.CDF
    row(388, 14, -2, 7), // TDIGEST.CREATE
    row(428, 12, 2, 9), // TDIGEST.INFO
    row(458, 11, 2, 147), // TDIGEST.MAX
    row(514, 13, -4, 51), // TDIGEST.MERGE
    row(545, 11, 2, 147), // TDIGEST.MIN
    row(1011, 16, -3, 146), // TDIGEST.QUANTILE
    row(1462, 12, -3, 8), // TDIGEST.RANK
    row(632, 13, 2, 7), // TDIGEST.RESET
    row(644, 15, -3, 8), // TDIGEST.REVRANK
    row(706, 20, 4, 147), // TDIGEST.TRIMMED_MEAN
    row(312, 4, 1, 95), // TIME
    row(1836, 25, 1, 148), // TIMESERIES.REFRESHCLUSTER
    row(969, 8, -3, 7), // TOPK.ADD
    row(3713, 10, -3, 8), // TOPK.COUNT
    row(793, 11, -4, 7), // TOPK.INCRBY
    row(840, 9, 2, 9), // TOPK.INFO
    row(921, 9, -2, 8), // TOPK.LIST
    row(929, 10, -3, 18), // TOPK.QUERY
    row(1144, 12, -3, 7), // TOPK.RESERVE
    row(1650, 5, -2, 63), // TOUCH
    row(3925, 9, -5, 149), // TRIMSLOTS
    row(819, 6, -4, 7), // TS.ADD
    row(876, 8, -2, 7), // TS.ALTER
    row(1306, 9, -2, 7), // TS.CREATE
    row(1306, 13, -6, 150), // TS.CREATERULE
    row(1394, 9, -3, 7), // TS.DECRBY
    row(1734, 6, 4, 7), // TS.DEL
    row(1734, 13, 3, 150), // TS.DELETERULE
    row(1939, 6, -2, 8), // TS.GET
    row(2032, 9, -3, 7), // TS.INCRBY
    row(2246, 7, -2, 9), // TS.INFO
    row(2593, 7, -4, 151), // TS.MADD
    row(2611, 7, -3, 66), // TS.MGET
    row(2633, 9, -5, 66), // TS.MRANGE
    row(3492, 12, -5, 66), // TS.MREVRANGE
    row(686, 9, -5, 133), // TS.NRANGE
    row(3932, 12, -5, 133), // TS.NREVRANGE
    row(324, 13, -2, 68), // TS.QUERYINDEX
    row(229, 14, -2, 68), // TS.QUERYLABELS
    row(3839, 8, -4, 8), // TS.RANGE
    row(3051, 7, -3, 152), // TS.READ
    row(1270, 11, -4, 8), // TS.REVRANGE
    row(3765, 3, 2, 8), // TTL
    row(4209, 4, 2, 8), // TYPE
    row(27, 6, -2, 59), // UNLINK
    row(1524, 11, -1, 118), // UNSUBSCRIBE
    row(4547, 7, 1, 153), // UNWATCH
    row(4575, 4, -5, 14), // VADD
    row(4579, 5, 2, 8), // VCARD
    row(4584, 4, 2, 8), // VDIM
    row(997, 4, -3, 154), // VEMB
    row(4588, 8, 3, 8), // VGETATTR
    row(4596, 5, 2, 9), // VINFO
    row(4601, 9, 3, 15), // VISMEMBER
    row(4610, 6, -3, 8), // VLINKS
    row(4627, 11, -2, 8), // VRANDMEMBER
    row(1275, 6, -4, 8), // VRANGE
    row(4638, 4, 3, 14), // VREM
    row(4642, 8, 4, 14), // VSETATTR
    row(4650, 4, -4, 155), // VSIM
    row(1056, 4, 3, 156), // WAIT
    row(1056, 7, 4, 157), // WAITAOF
    row(4549, 5, -2, 158), // WATCH
    row(62, 4, -4, 7), // XACK
    row(62, 7, -6, 7), // XACKDEL
    row(336, 4, -5, 7), // XADD
    row(468, 10, -6, 7), // XAUTOCLAIM
    row(915, 7, -2, 7), // XCFGSET
    row(1100, 6, -6, 7), // XCLAIM
    row(1166, 4, -3, 7), // XDEL
    row(1166, 6, -5, 7), // XDELEX
    row(1171, 6, -2, 0), // XGROUP
    row(1171, 13, -5, 159), // XGROUP CREATE
    row(1171, 21, 5, 160), // XGROUP CREATECONSUMER
    row(1220, 18, 5, 159), // XGROUP DELCONSUMER
    row(1249, 14, 4, 160), // XGROUP DESTROY
    row(1336, 11, 2, 1), // XGROUP HELP
    row(3135, 12, -5, 159), // XGROUP SETID
    row(3280, 11, 5, 7), // XIDMPRECORD
    row(3521, 5, -2, 0), // XINFO
    row(3521, 15, 4, 161), // XINFO CONSUMERS
    row(4445, 12, 3, 161), // XINFO GROUPS
    row(4460, 10, 2, 1), // XINFO HELP
    row(3654, 12, -3, 162), // XINFO STREAM
    row(3788, 4, 2, 8), // XLEN
    row(3797, 5, -7, 7), // XNACK
    row(3873, 8, -3, 8), // XPENDING
    row(4750, 6, -4, 8), // XRANGE
    row(4798, 5, -4, 163), // XREAD
    row(4798, 10, -7, 164), // XREADGROUP
    row(4852, 9, -4, 8), // XREVRANGE
    row(4654, 6, -3, 7), // XSETID
    row(531, 5, -4, 7), // XTRIM
    row(4660, 4, -4, 165), // ZADD
    row(4664, 5, 2, 8), // ZCARD
    row(4669, 6, 4, 8), // ZCOUNT
    row(4675, 5, -3, 166), // ZDIFF
    row(4675, 10, -4, 51), // ZDIFFSTORE
    row(4685, 7, 4, 167), // ZINCRBY
    row(4692, 6, -3, 166), // ZINTER
    row(4692, 10, -3, 133), // ZINTERCARD
    row(4702, 11, -4, 51), // ZINTERSTORE
    row(4713, 9, 4, 8), // ZLEXCOUNT
    row(1193, 5, -4, 168), // ZMPOP
    row(4722, 7, -3, 146), // ZMSCORE
    row(1214, 7, -2, 169), // ZPOPMAX
    row(1239, 7, -2, 169), // ZPOPMIN
    row(4729, 11, -2, 170), // ZRANDMEMBER
    row(4740, 6, -4, 170), // ZRANGE
    row(4740, 11, -4, 8), // ZRANGEBYLEX
    row(4756, 13, -4, 170), // ZRANGEBYSCORE
    row(4769, 11, -5, 83), // ZRANGESTORE
    row(4780, 5, -3, 171), // ZRANK
    row(4785, 4, -3, 7), // ZREM
    row(4785, 14, 4, 7), // ZREMRANGEBYLEX
    row(4808, 15, 4, 7), // ZREMRANGEBYRANK
    row(4823, 16, 4, 7), // ZREMRANGEBYSCORE
    row(4839, 9, -4, 170), // ZREVRANGE
    row(4839, 14, -4, 8), // ZREVRANGEBYLEX
    row(4861, 16, -4, 170), // ZREVRANGEBYSCORE
    row(4877, 8, -3, 171), // ZREVRANK
    row(4885, 5, -3, 8), // ZSCAN
    row(4890, 6, 3, 147), // ZSCORE
    row(4896, 6, -3, 166), // ZUNION
    row(4896, 11, -4, 51), // ZUNIONSTORE
];

/// Each is in it somewhere.
pub(super) static NAMES: &str = "\
    ACL DELUSERANDOMKEYACL DRYRUNLINKACL GENPASSCANACL GETUSERPUSHXACKDELASTSAVEVALSHA_ROBJECT FREQUITDIGEST.BYRAN\
    KACL HELPOSCRIPT DEBUGACL LISTDIGEST.BYREVRANKACL LOADACL LOGACL SAVEVAL_ROBJECT HELPFADDACL SETUSERACL USERSC\
    RIPT EXISTS.QUERYLABELSCRIPT FLUSHDBSIZEACL WHOAMIARGETRANGEOADDARGREPLCONFCALL_ROBJECT IDLETIMEMORY STATS.QUE\
    RYINDEXADDARINFOBJECT REFCOUNTDIGEST.CDFT.AGGREGATEARINSERTDIGEST.CREATEARLASTITEMSCRIPT HELPFCOUNTDIGEST.INFO\
    ARLENARMGETBITCOUNTDIGEST.MAXAUTOCLAIMODULE HELPFDEBUGARMSETEXECHOTKEYS GETDIGEST.MERGEARNEXTRIMODULE LISTDIGE\
    ST.MINAROPFMERGEARRINGARSCANARSEEKARSETBITFIELD_ROLEAUTHDELATENCY DOCTORBACKUP LISTDIGEST.RESETDIGEST.REVRANKB\
    ACKUP SEALATENCY GRAPHEXISTS.NRANGEBACKUP STARTDIGEST.TRIMMED_MEANBACKUP STATUSCRIPT KILLATENCY HELPSUBSCRIBEB\
    F.ADDBF.CARDELRANGEODISTOPK.INCRBYBF.DEBUGBF.EXISTS.ADDBF.INFOBF.INSERTOPK.INFOBF.LOADCHUNKBF.MADDBF.MEXISTS.A\
    LTERBF.RESERVEBF.SCANDUMPSYNCF.ADDNXCFGSETOPK.LISTOPK.QUERYBGREWRITEAOFT.ALIASADDBGSAVEBITOPK.ADDBITPOSCRIPT L\
    OADBLMOVEMBACKUP ABORTDIGEST.QUANTILEBLMPOPUBSUB CHANNELSCRIPT SHOWAITAOFT.ALIASDELATENCY HISTOGRAMODULE LOADE\
    XCLAIMODULE UNLOADBLPOPUBSUB HELPUBSUB NUMPATOPK.RESERVEBRPOPLPUSHXDELEXGROUP CREATECONSUMERBZMPOPUBSUB NUMSUB\
    STRBZPOPMAXGROUP DELCONSUMERBZPOPMINCREXGROUP DESTROYCF.COUNTS.REVRANGECF.DEBUGCF.DELIFEQCF.EXISTS.CREATERULEC\
    F.INFOCF.INSERTNXGROUP HELPUBSUB SHARDCHANNELSDIFFCARDCF.LOADCHUNKCF.MEXISTS.DECRBYCF.RESERVECF.SCANDUMPUBSUB \
    SHARDNUMSUBACKUP CLEANUPFSELFTESTDIGEST.RANKCLIENT CAPACL CATDIGEST.ADDCLIENT GETNAMEMORY HELPUNSUBSCRIBECLIEN\
    T GETREDIRCLIENT HELPCLIENT IDCLIENT IMPORT-SOURCECLIENT INFOCLIENT KILLENCLIENT LISTCLIENT NO-EVICTCLIENT NO-\
    TOUCHEXPIREATCLIENT PAUSELECTCLIENT REPLYCLIENT SETINFOCLIENT SETNAMEMORY MALLOC-STATS.DELETERULECLIENT TRACKI\
    NGINFOCLIENT UNBLOCKCLIENT UNPAUSENTINEL CKQUORUMULTICLUSTER BUMPEPOCHEXPIRETIMESERIES.REFRESHCLUSTER ADDSLOTS\
    RANGECLUSTER CANCELSLOTMIGRATIONSDIFFSTORECLUSTER COUNT-FAILURE-REPORTS.GETCLUSTER COUNTKEYSINSLOTCLUSTER DELS\
    LOTSRANGEOHASHUTDOWNCLUSTER FAILOVERCLUSTER FLUSHSLOTS.INCRBYCLUSTER FORGETSETRANGEOPOSENTINEL CONFIG REWRITEC\
    LUSTER GETKEYSINSLOTCLUSTER GETSLOTMIGRATIONSENTINEL DEBUGCLUSTER HELPCLUSTER INFOCLUSTER KEYSLOTCLUSTER LINKS\
    ENTINEL FAILOVERCLUSTER MEETCLUSTER MIGRATESLOTS.INFOCLUSTER MIGRATIONCLUSTER MYIDCLUSTER MYSHARDIDCLUSTER NOD\
    ESENTINEL FLUSHCONFIGCLUSTER REPLICASENTINEL GET-MASTER-ADDR-BY-NAMEMORY USAGECLUSTER REPLICATECLUSTER RESETCL\
    USTER SAVECONFIG RESETSTATCLUSTER SET-CONFIG-EPOCHGETALLATENCY HISTORYCLUSTER SETSLOTCLUSTER SHARDSENTINEL GET\
    -PRIMARY-ADDR-BY-NAMECLUSTER SLAVESENTINEL HELPCLUSTER SLOT-STATS.MADDCLUSTER SLOTS.MGETCLUSTER SYNCSLOTS.MRAN\
    GEORADIUSBYMEMBER_ROCMS.INCRBYCMS.INFOCMS.INITBYDIMCMS.INITBYPROBJECT ENCODINGCMS.MERGEORADIUS_ROCMS.QUERYCOMM\
    AND COUNTCOMMAND DOCSENTINEL INFO-CACHELLOLWUTCOMMAND GETKEYSANDFLAGSENTINEL IS-MASTER-DOWN-BY-ADDRCOMMAND HEL\
    PCOMMAND INFOCOMMAND LISTCOMMANDLOG GETCOMMANDLOG HELPCOMMANDLOG LENCOMMANDLOG RESETCOPYFT.ALTERFT.CONFIG GETF\
    T.CONFIG HELPFT.CONFIG SETFT.CREATEFT.CURSOR DELATENCY LATESTFT.CURSOR GCF.COMPACTS.READWRITEFT.CURSOR READONL\
    YFT.DICTADDFT.DICTDELATENCY RESETFT.DICTDUMPFT.DROPINDEXGROUP SETIDFT.EXPLAINCLIENT CACHINGFT.HYBRIDFT.INFOFT.\
    PROFILEFT.SEARCHGETDELCSENTINEL IS-PRIMARY-DOWN-BY-ADDRFT.SPELLCHECKFT.SUGADDFT.SUGDELINDEXIDMPRECORDFT.SUGGET\
    FT.SUGLENFT.SYNDUMPFT.SYNUPDATEFT.TAGVALSETFT._LISTFUNCTION DELETEFUNCTION DUMPFUNCTION FLUSHALLINSERTFUNCTION\
    \x20HELPFUNCTION KILLREMFUNCTION LISTFUNCTION LOADFUNCTION RESTORE-ASKINGFUNCTION STATS.MREVRANGEOSEARCHSTORENAME\
    NXINFO CONSUMERSENTINEL MASTERSENTINEL MONITORHIMPORT PREPAREPLICAOFT.ALIASLISTHIMPORT SETHINCRBYFLOATHKEYSENT\
    INEL MYIDHLENHMGETHMSETNXINFO STREAMHOTKEYS HELPHOTKEYS RESETHOTKEYS STARTHOTKEYS STOPK.COUNTHPERSISTHPEXPIREA\
    THPEXPIRETIMEMORY PURGEHPTTLHRANDFIELDHSCANHSETEXLENHSETNXNACKHSTRLENHTTLHVALSENTINEL PENDING-SCRIPTS.RANGEJSO\
    N.ARRAPPENDJSON.ARRINDEXPENDINGJSON.ARRINSERTJSON.ARRLENJSON.ARRPOPJSON.ARRTRIMSLOTS.NREVRANGEJSON.CLEARCOUNTJ\
    SON.DEBUG HELPJSON.DEBUG MEMORY DOCTORJSON.DELJSON.FORGETJSON.GETJSON.MERGEJSON.MGETJSON.MSETJSON.NUMINCRBYJSO\
    N.NUMMULTBYJSON.NUMPOWBYJSON.OBJKEYSENTINEL PRIMARIESENTINEL PRIMARYJSON.OBJLENJSON.RESPOPJSON.SETJSON.STRAPPE\
    NDJSON.STRLENJSON.TOGGLEJSON.TYPESENTINEL SIMULATE-FAILURESENTINEL SLAVESENTINEL RESETSINTERCARDSINTERSTORESIS\
    MEMBERSENTINEL SENTINELSENTINEL REPLICASENTINEL REMOVESLAVEOFT.ALIASUPDATESLOWLOG GETSLOWLOG HELPSLOWLOG LENSL\
    OWLOG RESETSMISMEMBERSMOVESORT_ROSPUBLISHGETEXINFO GROUPSETEXINFO HELPSRANDMEMBERSREMSSUBSCRIBESUNIONCARDSUNIO\
    NSTORESUNSUBSCRIBESWAPDBACKUP HELPINGUNWATCHIMPORT DISCARDALLTRIMVADDVCARDVDIMVGETATTRVINFOVISMEMBERVLINKSENTI\
    NEL SETVRANDMEMBERVREMVSETATTRVSIMXSETIDZADDZCARDZCOUNTZDIFFSTOREZINCRBYZINTERCARDZINTERSTOREZLEXCOUNTZMSCOREZ\
    RANDMEMBERZRANGEBYLEXRANGEZRANGEBYSCOREZRANGESTOREZRANKZREMRANGEBYLEXREADGROUPZREMRANGEBYRANKZREMRANGEBYSCOREZ\
    REVRANGEBYLEXREVRANGEZREVRANGEBYSCOREZREVRANKZSCANZSCOREZUNIONSTORE";

pub(super) static KINDS: [Kind; 172] = [
    /* 0 */ kind(F::CONTAINER, 0, 0),
    /* 1 */ kind(F::HARMLESS, 0, 0),
    /* 2 */ kind(F::ADMIN, 0, 1),
    /* 3 */ kind(F::ADMIN | F::HARMLESS, 0, 0),
    /* 4 */ kind(F::ADMIN | F::HARMLESS, 0, 2),
    /* 5 */ kind(F::ADMIN, 0, 3),
    /* 6 */ kind(F::ADMIN, 0, 4),
    /* 7 */ kind(F::WRITE, 1, 0),
    /* 8 */ kind(F::READONLY, 1, 0),
    /* 9 */ kind(F::READONLY, 1, 2),
    /* 10 */ kind(0, 0, 5),
    /* 11 */ kind(F::ADMIN, 0, 6),
    /* 12 */ kind(F::ADMIN | F::HARMLESS, 0, 6),
    /* 13 */ kind(F::ADMIN | F::HARMLESS, 0, 7),
    /* 14 */ kind(F::WRITE, 1, 8),
    /* 15 */ kind(F::READONLY, 1, 8),
    /* 16 */ kind(F::READONLY, 1, 9),
    /* 17 */ kind(F::WRITE, 1, 10),
    /* 18 */ kind(F::READONLY, 1, 10),
    /* 19 */ kind(F::WRITE | F::WRITES_BY_TOKEN, 1, 0),
    /* 20 */ kind(F::WRITE, 2, 0),
    /* 21 */ kind(F::WRITE | F::BLOCKING, 3, 11),
    /* 22 */ kind(F::WRITE | F::BLOCKING, 3, 12),
    /* 23 */ kind(F::WRITE | F::BLOCKING, 4, 13),
    /* 24 */ kind(F::WRITE | F::BLOCKING, 5, 14),
    /* 25 */ kind(F::WRITE | F::BLOCKING, 4, 15),
    /* 26 */ kind(F::WRITE | F::BLOCKING, 5, 16),
    /* 27 */ kind(F::HARMLESS, 0, 17),
    /* 28 */ kind(F::ADMIN, 0, 18),
    /* 29 */ kind(F::ADMIN | F::HARMLESS, 0, 19),
    /* 30 */ kind(F::ADMIN, 0, 5),
    /* 31 */ kind(0, 0, 1),
    /* 32 */ kind(F::CLIENT_NAME, 0, 1),
    /* 33 */ kind(F::HARMLESS, 0, 2),
    /* 34 */ kind(F::ADMIN, 0, 20),
    /* 35 */ kind(F::ADMIN | F::RESHAPES, 0, 6),
    /* 36 */ kind(F::HARMLESS, 0, 21),
    /* 37 */ kind(F::ADMIN | F::RESHAPES, 0, 22),
    /* 38 */ kind(F::ADMIN | F::RESHAPES, 0, 23),
    /* 39 */ kind(F::ADMIN | F::RESHAPES, 0, 3),
    /* 40 */ kind(F::WRITE | F::ADMIN, 0, 24),
    /* 41 */ kind(F::ADMIN | F::HARMLESS, 0, 25),
    /* 42 */ kind(F::HARMLESS, 0, 26),
    /* 43 */ kind(F::HARMLESS, 0, 4),
    /* 44 */ kind(F::HARMLESS, 0, 6),
    /* 45 */ kind(F::HARMLESS, 0, 27),
    /* 46 */ kind(F::ADMIN | F::HARMLESS, 0, 27),
    /* 47 */ kind(F::HARMLESS, 0, 28),
    /* 48 */ kind(F::HARMLESS, 0, 29),
    /* 49 */ kind(F::HARMLESS, 0, 30),
    /* 50 */ kind(F::ADMIN, 0, 31),
    /* 51 */ kind(F::WRITE, 6, 0),
    /* 52 */ kind(F::CONTAINER | F::HARMLESS, 0, 0),
    /* 53 */ kind(F::ADMIN | F::HARMLESS, 0, 32),
    /* 54 */ kind(F::ADMIN | F::HARMLESS, 0, 33),
    /* 55 */ kind(F::ADMIN | F::HARMLESS, 0, 34),
    /* 56 */ kind(F::ADMIN, 0, 35),
    /* 57 */ kind(F::WRITE, 3, 36),
    /* 58 */ kind(F::READONLY, 0, 37),
    /* 59 */ kind(F::WRITE, 7, 38),
    /* 60 */ kind(0, 0, 39),
    /* 61 */ kind(F::SCRIPT, 4, 40),
    /* 62 */ kind(F::READONLY | F::SCRIPT, 4, 40),
    /* 63 */ kind(F::READONLY, 7, 38),
    /* 64 */ kind(F::ADMIN, 0, 41),
    /* 65 */ kind(F::WRITE, 0, 42),
    /* 66 */ kind(F::READONLY, 0, 40),
    /* 67 */ kind(F::WRITE, 0, 0),
    /* 68 */ kind(F::READONLY, 0, 43),
    /* 69 */ kind(F::READONLY | F::CONTAINER, 0, 0),
    /* 70 */ kind(F::READONLY, 0, 44),
    /* 71 */ kind(F::READONLY | F::HARMLESS, 0, 0),
    /* 72 */ kind(0, 0, 6),
    /* 73 */ kind(F::WRITE, 0, 40),
    /* 74 */ kind(F::READONLY, 0, 45),
    /* 75 */ kind(F::READONLY, 0, 6),
    /* 76 */ kind(F::READONLY, 0, 0),
    /* 77 */ kind(F::READONLY, 0, 2),
    /* 78 */ kind(F::WRITE, 0, 46),
    /* 79 */ kind(0, 0, 47),
    /* 80 */ kind(F::HARMLESS, 0, 48),
    /* 81 */ kind(F::READONLY, 1, 49),
    /* 82 */ kind(F::WRITE | F::WRITES_BY_TOKEN, 8, 0),
    /* 83 */ kind(F::WRITE, 3, 0),
    /* 84 */ kind(0, 0, 50),
    /* 85 */ kind(0, 0, 51),
    /* 86 */ kind(0, 0, 52),
    /* 87 */ kind(F::WRITE, 9, 53),
    /* 88 */ kind(F::ADMIN | F::HARMLESS, 0, 4),
    /* 89 */ kind(F::READONLY, 1, 54),
    /* 90 */ kind(F::HARMLESS, 0, 55),
    /* 91 */ kind(F::READONLY, 9, 0),
    /* 92 */ kind(F::READONLY, 5, 56),
    /* 93 */ kind(F::WRITE, 10, 57),
    /* 94 */ kind(F::READONLY, 0, 58),
    /* 95 */ kind(F::HARMLESS, 0, 18),
    /* 96 */ kind(F::ADMIN | F::HARMLESS, 0, 59),
    /* 97 */ kind(F::ADMIN | F::HARMLESS, 0, 18),
    /* 98 */ kind(F::ADMIN, 0, 33),
    /* 99 */ kind(F::READONLY, 11, 60),
    /* 100 */ kind(F::WRITE, 3, 61),
    /* 101 */ kind(F::WRITE, 12, 0),
    /* 102 */ kind(F::READONLY | F::HARMLESS, 0, 62),
    /* 103 */ kind(F::HARMLESS, 0, 63),
    /* 104 */ kind(0, 0, 46),
    /* 105 */ kind(F::HARMLESS, 0, 64),
    /* 106 */ kind(F::READONLY, 7, 65),
    /* 107 */ kind(F::WRITE, 13, 40),
    /* 108 */ kind(F::ADMIN, 0, 66),
    /* 109 */ kind(F::WRITE, 1, 67),
    /* 110 */ kind(F::WRITE, 14, 68),
    /* 111 */ kind(F::WRITE, 15, 69),
    /* 112 */ kind(F::WRITE, 14, 70),
    /* 113 */ kind(F::READONLY, 7, 0),
    /* 114 */ kind(F::WRITE | F::ADMIN, 9, 0),
    /* 115 */ kind(F::WRITE, 16, 71),
    /* 116 */ kind(F::ADMIN, 0, 0),
    /* 117 */ kind(F::HARMLESS, 0, 46),
    /* 118 */ kind(F::PUBSUB, 0, 72),
    /* 119 */ kind(F::PUBSUB | F::CHANNEL, 1, 0),
    /* 120 */ kind(F::PUBSUB | F::HARMLESS, 0, 73),
    /* 121 */ kind(F::PUBSUB | F::HARMLESS, 0, 33),
    /* 122 */ kind(F::PUBSUB | F::HARMLESS, 0, 74),
    /* 123 */ kind(F::READONLY, 0, 75),
    /* 124 */ kind(F::WRITE, 3, 76),
    /* 125 */ kind(F::WRITE, 3, 77),
    /* 126 */ kind(F::WRITE, 1, 31),
    /* 127 */ kind(F::READONLY, 0, 78),
    /* 128 */ kind(F::HARMLESS, 0, 79),
    /* 129 */ kind(0, 0, 35),
    /* 130 */ kind(0, 0, 80),
    /* 131 */ kind(F::HARMLESS, 0, 35),
    /* 132 */ kind(F::READONLY, 7, 81),
    /* 133 */ kind(F::READONLY, 12, 0),
    /* 134 */ kind(0, 0, 82),
    /* 135 */ kind(F::ADMIN | F::CONTAINER, 0, 83),
    /* 136 */ kind(F::ADMIN, 0, 83),
    /* 137 */ kind(F::HARMLESS, 0, 83),
    /* 138 */ kind(F::ADMIN, 0, 84),
    /* 139 */ kind(F::READONLY, 1, 43),
    /* 140 */ kind(F::WRITE, 3, 85),
    /* 141 */ kind(F::WRITE | F::WRITES_BY_TOKEN, 17, 71),
    /* 142 */ kind(F::READONLY, 17, 0),
    /* 143 */ kind(F::WRITE, 1, 86),
    /* 144 */ kind(F::PUBSUB | F::CHANNEL, 7, 72),
    /* 145 */ kind(F::WRITE, 0, 87),
    /* 146 */ kind(F::READONLY, 1, 88),
    /* 147 */ kind(F::READONLY, 1, 89),
    /* 148 */ kind(F::READONLY, 0, 31),
    /* 149 */ kind(F::WRITE, 0, 31),
    /* 150 */ kind(F::WRITE, 11, 0),
    /* 151 */ kind(F::WRITE, 10, 0),
    /* 152 */ kind(F::READONLY, 1, 90),
    /* 153 */ kind(F::HARMLESS, 0, 91),
    /* 154 */ kind(F::READONLY, 1, 92),
    /* 155 */ kind(F::READONLY, 1, 93),
    /* 156 */ kind(F::BLOCKING, 0, 94),
    /* 157 */ kind(F::BLOCKING, 0, 95),
    /* 158 */ kind(F::HARMLESS, 7, 91),
    /* 159 */ kind(F::WRITE, 9, 0),
    /* 160 */ kind(F::WRITE, 9, 8),
    /* 161 */ kind(F::READONLY, 9, 28),
    /* 162 */ kind(F::READONLY, 9, 2),
    /* 163 */ kind(F::READONLY | F::BLOCKING, 18, 96),
    /* 164 */ kind(F::WRITE | F::BLOCKING, 19, 96),
    /* 165 */ kind(F::WRITE, 1, 97),
    /* 166 */ kind(F::READONLY, 12, 98),
    /* 167 */ kind(F::WRITE, 1, 89),
    /* 168 */ kind(F::WRITE, 12, 99),
    /* 169 */ kind(F::WRITE, 1, 100),
    /* 170 */ kind(F::READONLY, 1, 98),
    /* 171 */ kind(F::READONLY, 1, 101),
];

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

pub(super) static HANDLINGS: [Handling; 102] = [
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
    /* 11 */ Handling { request: Request::Any, split: Split::Recipe(Recipe::MoveElement), merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Blocking { at: -1 }, refusal: None },
    /* 12 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Blocking { at: 5 }, refusal: None },
    /* 13 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Blocking { at: 1 }, refusal: None },
    /* 14 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Blocking { at: -1 }, refusal: None },
    /* 15 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::KeyedScoredPairs, shape_when: &[], pace: Pace::Blocking { at: 1 }, refusal: None },
    /* 16 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::KeyedScore, shape_when: &[], pace: Pace::Blocking { at: -1 }, refusal: None },
    /* 17 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Client, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 18 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::PerNode, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 19 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::PerNode, shape: Shape::Clients, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 20 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::NODE) },
    /* 21 */ Handling { request: Request::SlotArgument(2), split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 22 */ Handling { request: Request::Owners { at: 2, step: 1 }, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 23 */ Handling { request: Request::Owners { at: 2, step: 2 }, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 24 */ Handling { request: Request::SlotArgument(2), split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 25 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Maps, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::NODE) },
    /* 26 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Fields, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 27 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::ClusterNodes, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 28 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Maps, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 29 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Concat, shape: Shape::SlotStats, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 30 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::SlotOwners, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 31 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::INTERNAL) },
    /* 32 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::PerNode, shape: Shape::Slowlog, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 33 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::Sum, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 34 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::PerNode, shape: Shape::Map, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 35 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 36 */ Handling { request: Request::Any, split: Split::Recipe(Recipe::Copy), merge: Merge::Single, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 37 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Sum, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 38 */ Handling { request: Request::Any, split: Split::Keys { tail: 0 }, merge: Merge::Sum, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 39 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::TRANSACTION) },
    /* 40 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 41 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::REPLICATION) },
    /* 42 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 43 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Set, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 44 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::MapOfPairs, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 45 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::CURSOR) },
    /* 46 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 47 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::OneOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 48 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::PerNode, shape: Shape::Map, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 49 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Coordinates, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 50 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Map, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::CONNECTION) },
    /* 51 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Max, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::FIELDSET) },
    /* 52 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::FIELDSET) },
    /* 53 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::FIELDSET) },
    /* 54 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("WITHVALUES"), Shape::Pairs)], pace: Pace::Fast, refusal: None },
    /* 55 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::PerNode, shape: Shape::Info, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 56 */ Handling { request: Request::Any, split: Split::Keys { tail: 1 }, merge: Merge::Position, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 57 */ Handling { request: Request::Any, split: Split::Groups { step: 3 }, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 58 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Concat, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 59 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::PerNode, shape: Shape::Text, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 60 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("IDX"), Shape::Map)], pace: Pace::Fast, refusal: None },
    /* 61 */ Handling { request: Request::Any, split: Split::Recipe(Recipe::MoveElement), merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 62 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Text, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 63 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::PerNode, shape: Shape::Text, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 64 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::PerNode, shape: Shape::DeepMap, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 65 */ Handling { request: Request::Any, split: Split::Keys { tail: 0 }, merge: Merge::Position, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 66 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::STREAM) },
    /* 67 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::DATABASE) },
    /* 68 */ Handling { request: Request::Any, split: Split::Groups { step: 2 }, merge: Merge::AllOk, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 69 */ Handling { request: Request::Any, split: Split::Counted { step: 2 }, merge: Merge::AllOk, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 70 */ Handling { request: Request::Any, split: Split::Recipe(Recipe::SetAll), merge: Merge::Single, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 71 */ Handling { request: Request::Any, split: Split::Recipe(Recipe::Store), merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 72 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::SUBSCRIBE) },
    /* 73 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::Union, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 74 */ Handling { request: Request::AllNodes, split: Split::Never, merge: Merge::SumPairs, shape: Shape::Map, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 75 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::AnyNonNull, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 76 */ Handling { request: Request::Any, split: Split::Recipe(Recipe::Rename), merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 77 */ Handling { request: Request::Any, split: Split::Recipe(Recipe::RenameNx), merge: Merge::Single, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 78 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::SCAN) },
    /* 79 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::And, shape: Shape::Bools, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 80 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::OneOk, shape: Shape::Any, shape_when: &[], pace: Pace::Slow, refusal: None },
    /* 81 */ Handling { request: Request::Any, split: Split::Recipe(Recipe::Combine), merge: Merge::Single, shape: Shape::Set, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 82 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::SELECT) },
    /* 83 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::SENTINEL) },
    /* 84 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::SHUTDOWN) },
    /* 85 */ Handling { request: Request::Any, split: Split::Recipe(Recipe::MoveMember), merge: Merge::Single, shape: Shape::Bool, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 86 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Argc(3), Shape::Set)], pace: Pace::Fast, refusal: None },
    /* 87 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::DATABASE) },
    /* 88 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Doubles, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 89 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Double, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 90 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::BlockingToken, refusal: None },
    /* 91 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[], pace: Pace::Fast, refusal: Some(&refusals::WATCH) },
    /* 92 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Doubles, shape_when: &[(When::Token("RAW"), Shape::Any)], pace: Pace::Fast, refusal: None },
    /* 93 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("WITHSCORES"), Shape::Map)], pace: Pace::Fast, refusal: None },
    /* 94 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Min, shape: Shape::Any, shape_when: &[], pace: Pace::BlockingMs { at: 2 }, refusal: Some(&refusals::WAIT) },
    /* 95 */ Handling { request: Request::AllPrimaries, split: Split::Never, merge: Merge::Min, shape: Shape::Any, shape_when: &[], pace: Pace::BlockingMs { at: 3 }, refusal: Some(&refusals::WAIT) },
    /* 96 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::MapOfPairs, shape_when: &[], pace: Pace::BlockingToken, refusal: None },
    /* 97 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("INCR"), Shape::Double)], pace: Pace::Fast, refusal: None },
    /* 98 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("WITHSCORES"), Shape::ScoredPairs)], pace: Pace::Fast, refusal: None },
    /* 99 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::KeyedScoredPairs, shape_when: &[], pace: Pace::Fast, refusal: None },
    /* 100 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::ScoredPair, shape_when: &[(When::Argc(3), Shape::ScoredPairs)], pace: Pace::Fast, refusal: None },
    /* 101 */ Handling { request: Request::Any, split: Split::Never, merge: Merge::Single, shape: Shape::Any, shape_when: &[(When::Token("WITHSCORE"), Shape::RankScore)], pace: Pace::Fast, refusal: None },
];

/// By bucket of a top-level name's hash.
pub(super) static DISPLACEMENTS: [u8; 256] = [
    2, 0, 0, 0, 4, 0, 3, 0, 0, 2, 0, 0, 8, 0, 0, 0, 0, 2, 1, 0, 0, 3, 0, 0, 0, 0, 10, 0, 1, 0, 1, 12,
    0, 0, 0, 1, 1, 16, 0, 0, 0, 5, 0, 0, 1, 0, 2, 2, 3, 4, 0, 5, 1, 8, 2, 0, 1, 0, 0, 4, 0, 9, 4, 10,
    8, 0, 17, 0, 1, 2, 1, 5, 0, 1, 3, 6, 17, 0, 0, 12, 13, 0, 22, 1, 9, 7, 5, 0, 0, 0, 0, 0, 6, 9, 0, 0,
    0, 0, 0, 0, 17, 0, 13, 0, 1, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1, 3, 2, 2, 1, 0, 4, 3, 0, 1, 13, 16, 3,
    1, 0, 0, 3, 0, 0, 0, 0, 24, 0, 1, 0, 2, 3, 17, 0, 12, 0, 0, 2, 2, 16, 0, 10, 0, 0, 5, 17, 1, 0, 1, 0,
    0, 1, 10, 1, 0, 0, 1, 7, 24, 12, 4, 0, 0, 5, 0, 0, 0, 2, 7, 3, 0, 31, 2, 0, 0, 5, 3, 7, 7, 1, 14, 8,
    1, 0, 0, 1, 6, 1, 1, 0, 0, 0, 0, 3, 4, 0, 0, 0, 2, 0, 8, 8, 0, 2, 3, 4, 0, 0, 6, 16, 3, 19, 1, 22,
    11, 0, 0, 12, 2, 53, 4, 0, 1, 4, 11, 0, 0, 24, 31, 6, 0, 10, 0, 32, 1, 4, 0, 0, 0, 0, 4, 8, 2, 0, 0, 0,
];

/// Rows by place of a top-level name's hash; 65535 where there is none.
pub(super) static PLACES: [u16; 512] = [
    518, 189, 600, 222, 400, 559, 615, 167, 181, 304, 65535, 273, 379, 247, 337, 618, 327, 345, 390, 326, 383, 147, 558, 567, 516, 532, 495, 614, 432, 280, 392, 65,
    45, 506, 388, 621, 182, 79, 297, 488, 192, 606, 466, 183, 15, 505, 65535, 65535, 24, 492, 609, 312, 461, 174, 420, 578, 249, 603, 378, 80, 340, 401, 308, 405,
    478, 246, 404, 66, 51, 366, 67, 538, 526, 419, 494, 360, 370, 416, 225, 291, 76, 144, 302, 216, 188, 195, 84, 288, 263, 547, 18, 351, 179, 491, 320, 508,
    563, 309, 261, 393, 290, 16, 48, 294, 65535, 299, 371, 610, 240, 619, 504, 584, 311, 585, 482, 323, 175, 170, 272, 34, 389, 319, 173, 21, 417, 556, 481, 542,
    198, 65535, 142, 186, 220, 497, 546, 65535, 260, 268, 622, 65535, 287, 197, 65535, 65535, 83, 303, 224, 47, 65535, 65535, 65535, 65535, 65535, 536, 551, 477, 533, 342, 57, 301,
    270, 281, 203, 63, 591, 65535, 65535, 391, 65535, 65535, 172, 65535, 166, 490, 359, 65535, 554, 586, 317, 143, 65535, 219, 171, 194, 65535, 65535, 65535, 146, 65535, 513, 65535, 65535,
    65535, 65535, 429, 65535, 589, 530, 372, 549, 65535, 258, 27, 71, 566, 285, 607, 29, 169, 54, 339, 56, 561, 414, 531, 462, 484, 256, 346, 239, 218, 489, 599, 52,
    32, 187, 336, 525, 61, 583, 529, 502, 588, 418, 511, 33, 552, 486, 193, 487, 475, 30, 254, 313, 65535, 293, 553, 252, 498, 465, 463, 537, 271, 587, 65535, 411,
    430, 65535, 543, 65535, 65535, 65535, 315, 65535, 237, 248, 512, 185, 65535, 296, 82, 500, 65535, 507, 70, 612, 20, 344, 184, 616, 368, 496, 65535, 620, 292, 64, 65535, 295,
    59, 210, 60, 382, 519, 245, 550, 517, 22, 613, 305, 227, 565, 14, 521, 211, 62, 322, 381, 541, 212, 468, 257, 385, 555, 19, 464, 282, 617, 217, 55, 604,
    369, 590, 28, 577, 596, 65535, 160, 65535, 310, 284, 540, 208, 499, 0, 480, 253, 412, 196, 286, 65535, 77, 65535, 65535, 367, 75, 17, 501, 503, 560, 509, 593, 515,
    215, 50, 58, 180, 65535, 402, 386, 65535, 65535, 65535, 410, 469, 65535, 65535, 433, 43, 602, 255, 223, 283, 338, 545, 25, 74, 564, 318, 207, 562, 608, 415, 250, 409,
    238, 343, 387, 65535, 479, 483, 65535, 65535, 623, 65535, 78, 408, 522, 380, 493, 470, 65535, 384, 459, 65535, 321, 191, 594, 65535, 65535, 65535, 65535, 548, 325, 403, 65535, 251,
    65535, 49, 324, 65535, 214, 274, 534, 242, 65535, 569, 413, 514, 298, 177, 510, 65535, 241, 65535, 65535, 72, 65535, 65535, 65535, 44, 347, 289, 69, 68, 467, 65535, 105, 316,
    557, 528, 407, 523, 595, 65535, 53, 190, 460, 406, 213, 243, 611, 168, 65535, 65535, 350, 81, 26, 539, 335, 221, 520, 35, 202, 598, 145, 358, 65535, 476, 269, 527,
    31, 65535, 65535, 341, 46, 568, 23, 544, 209, 592, 141, 421, 570, 176, 349, 155, 535, 485, 431, 524, 314, 226, 597, 262, 73, 178, 605, 601, 244, 348, 300, 259,
];
