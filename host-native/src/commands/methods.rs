//! Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::{answers::*, arguments::*, choices::*, cluster::ClusterCommands, options::*, replies::*};
use crate::{
    command::*,
    from_value::FromValue,
    value::Value,
};

/// Every command as a method; see [the rules](super).
pub trait Commands: Sized {
    /// What a method returns for a reply of type `T`.
    type Out<T: FromValue>;

    /// What a method returns whose reply is one of type `T` for each node.
    type ByNode<T: FromValue>;

    /// Takes one command, whose arguments `write` writes.
    fn run<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Self::Out<T>;

    /// Takes one command that is answered node by node.
    fn run_by_node<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Self::ByNode<T>;

    /// The CLUSTER commands by their own names: `cluster().info()`.
    fn cluster(self) -> ClusterCommands<Self> {
        ClusterCommands(self)
    }

    /// `ACL CAT`, since 6.0.0.
    fn acl_cat(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ACL").arg("CAT");
        })
    }

    /// `ACL CAT [category]`, since 6.0.0.
    fn acl_cat_with(self, category: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ACL").arg("CAT").arg(category);
        })
    }

    /// `ACL DELUSER username [username ...]`, since 6.0.0.
    fn acl_deluser(self, usernames: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ACL").arg("DELUSER").arg(usernames);
        })
    }

    /// `ACL DRYRUN username command [arg [arg ...]]`, since 7.0.0.
    fn acl_dryrun(self, username: impl OneArg, command: impl OneArg, args: impl ToArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("ACL").arg("DRYRUN").arg(username).arg(command).arg(args);
        })
    }

    /// `ACL GENPASS`, since 6.0.0.
    fn acl_genpass(self) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("ACL").arg("GENPASS");
        })
    }

    /// `ACL GENPASS [bits]`, since 6.0.0.
    fn acl_genpass_with(self, bits: impl IntegerArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("ACL").arg("GENPASS").arg(bits);
        })
    }

    /// `ACL GETUSER username`, since 6.0.0.
    fn acl_getuser(self, username: impl OneArg) -> Self::Out<Option<AclGetuser>> {
        self.run(|w| {
            w.arg("ACL").arg("GETUSER").arg(username);
        })
    }

    /// `ACL HELP`, since 6.0.0.
    fn acl_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ACL").arg("HELP");
        })
    }

    /// `ACL LIST`, since 6.0.0.
    fn acl_list(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ACL").arg("LIST");
        })
    }

    /// `ACL LOAD`, since 6.0.0.
    fn acl_load(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("ACL").arg("LOAD");
        })
    }

    /// `ACL LOG`, since 6.0.0.
    fn acl_log(self) -> Self::ByNode<Vec<AclLogEntry>> {
        self.run_by_node(|w| {
            w.arg("ACL").arg("LOG");
        })
    }

    /// `ACL LOG [count]`, since 6.0.0.
    fn acl_log_with(self, count: impl IntegerArg) -> Self::ByNode<Vec<AclLogEntry>> {
        self.run_by_node(|w| {
            w.arg("ACL").arg("LOG").arg(count);
        })
    }

    /// `ACL LOG RESET`, since 6.0.0.
    fn acl_log_reset(self) -> Self::ByNode<()> {
        self.run_by_node(|w| {
            w.arg("ACL").arg("LOG").arg("RESET");
        })
    }

    /// `ACL SAVE`, since 6.0.0.
    fn acl_save(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("ACL").arg("SAVE");
        })
    }

    /// `ACL SETUSER username [rule [rule ...]]`, since 6.0.0.
    fn acl_setuser(self, username: impl OneArg, rules: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("ACL").arg("SETUSER").arg(username).arg(rules);
        })
    }

    /// `ACL USERS`, since 6.0.0.
    fn acl_users(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ACL").arg("USERS");
        })
    }

    /// `ACL WHOAMI`, since 6.0.0.
    fn acl_whoami(self) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("ACL").arg("WHOAMI");
        })
    }

    /// `APPEND key value`, since 2.0.0.
    fn append(self, key: impl OneArg, value: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("APPEND").arg(key).arg(value);
        })
    }

    /// `ARCOUNT key`, since redis-8.8.0.
    fn arcount(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ARCOUNT").arg(key);
        })
    }

    /// `ARDEL key index [index ...]`, since redis-8.8.0.
    fn ardel(self, key: impl OneArg, indexes: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ARDEL").arg(key).arg(indexes);
        })
    }

    /// `ARDELRANGE key start end [start end ...]`, since redis-8.8.0.
    fn ardelrange(self, key: impl OneArg, pairs: impl Groups<2>) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ARDELRANGE").arg(key).arg(pairs);
        })
    }

    /// `ARGET key index`, since redis-8.8.0.
    fn arget(self, key: impl OneArg, index: impl IntegerArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("ARGET").arg(key).arg(index);
        })
    }

    /// `ARGETRANGE key start end`, since redis-8.8.0.
    fn argetrange(self, key: impl OneArg, start: impl IntegerArg, end: impl IntegerArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("ARGETRANGE").arg(key).arg(start).arg(end);
        })
    }

    /// `ARGREP key start end predicates`, since redis-8.8.0.
    fn argrep(self, key: impl OneArg, start: impl OneArg, end: impl OneArg, predicates: Predicates) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("ARGREP").arg(key).arg(start).arg(end).arg(predicates);
        })
    }

    /// `ARGREP key start end predicates [AND | OR] [LIMIT limit] [NOCASE]`, since redis-8.8.0.
    fn argrep_with(self, key: impl OneArg, start: impl OneArg, end: impl OneArg, predicates: Predicates, options: ArgrepOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("ARGREP").arg(key).arg(start).arg(end).arg(predicates);
            options.write_0(w);
        })
    }

    /// `ARGREP key start end predicates WITHVALUES`, since redis-8.8.0.
    fn argrep_withvalues(self, key: impl OneArg, start: impl OneArg, end: impl OneArg, predicates: Predicates) -> Self::Out<BTreeMap<i64, Bytes>> {
        self.run(|w| {
            w.arg("ARGREP").arg(key).arg(start).arg(end).arg(predicates).arg("WITHVALUES");
        })
    }

    /// `ARGREP key start end predicates [AND | OR] [LIMIT limit] [NOCASE] WITHVALUES`, since redis-8.8.0.
    fn argrep_withvalues_with(self, key: impl OneArg, start: impl OneArg, end: impl OneArg, predicates: Predicates, options: ArgrepOptions) -> Self::Out<BTreeMap<i64, Bytes>> {
        self.run(|w| {
            w.arg("ARGREP").arg(key).arg(start).arg(end).arg(predicates);
            options.write_0(w);
            w.arg("WITHVALUES");
        })
    }

    /// `ARINFO key`, since redis-8.8.0.
    fn arinfo(self, key: impl OneArg) -> Self::Out<BTreeMap<Bytes, f64>> {
        self.run(|w| {
            w.arg("ARINFO").arg(key);
        })
    }

    /// `ARINFO key [FULL]`, since redis-8.8.0.
    fn arinfo_with(self, key: impl OneArg, options: ArinfoOptions) -> Self::Out<BTreeMap<Bytes, f64>> {
        self.run(|w| {
            w.arg("ARINFO").arg(key);
            options.write_0(w);
        })
    }

    /// `ARINSERT key value [value ...]`, since redis-8.8.0.
    fn arinsert(self, key: impl OneArg, values: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ARINSERT").arg(key).arg(values);
        })
    }

    /// `ARLASTITEMS key count`, since redis-8.8.0.
    fn arlastitems(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("ARLASTITEMS").arg(key).arg(count);
        })
    }

    /// `ARLASTITEMS key count [REV]`, since redis-8.8.0.
    fn arlastitems_with(self, key: impl OneArg, count: impl IntegerArg, options: ArlastitemsOptions) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("ARLASTITEMS").arg(key).arg(count);
            options.write_0(w);
        })
    }

    /// `ARLEN key`, since redis-8.8.0.
    fn arlen(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ARLEN").arg(key);
        })
    }

    /// `ARMGET key index [index ...]`, since redis-8.8.0.
    fn armget(self, key: impl OneArg, indexes: impl ToArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("ARMGET").arg(key).arg(indexes);
        })
    }

    /// `ARMSET key index value [index value ...]`, since redis-8.8.0.
    fn armset(self, key: impl OneArg, pairs: impl Groups<2>) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ARMSET").arg(key).arg(pairs);
        })
    }

    /// `ARNEXT key`, since redis-8.8.0.
    fn arnext(self, key: impl OneArg) -> Self::Out<Option<i64>> {
        self.run(|w| {
            w.arg("ARNEXT").arg(key);
        })
    }

    /// `AROP key start end operation`, since redis-8.8.0.
    fn arop(self, key: impl OneArg, start: impl IntegerArg, end: impl IntegerArg, operation: ArrayOperation) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("AROP").arg(key).arg(start).arg(end).arg(operation);
        })
    }

    /// `AROP key start end MATCH value`, since redis-8.8.0.
    fn arop_match(self, key: impl OneArg, start: impl IntegerArg, end: impl IntegerArg, value: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("AROP").arg(key).arg(start).arg(end).arg("MATCH").arg(value);
        })
    }

    /// `ARRING key size value [value ...]`, since redis-8.8.0.
    fn arring(self, key: impl OneArg, size: impl IntegerArg, values: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ARRING").arg(key).arg(size).arg(values);
        })
    }

    /// `ARSCAN key start end`, since redis-8.8.0.
    fn arscan(self, key: impl OneArg, start: impl IntegerArg, end: impl IntegerArg) -> Self::Out<BTreeMap<i64, Bytes>> {
        self.run(|w| {
            w.arg("ARSCAN").arg(key).arg(start).arg(end);
        })
    }

    /// `ARSCAN key start end [LIMIT limit]`, since redis-8.8.0.
    fn arscan_with(self, key: impl OneArg, start: impl IntegerArg, end: impl IntegerArg, options: ArscanOptions) -> Self::Out<BTreeMap<i64, Bytes>> {
        self.run(|w| {
            w.arg("ARSCAN").arg(key).arg(start).arg(end);
            options.write_0(w);
        })
    }

    /// `ARSEEK key index`, since redis-8.8.0.
    fn arseek(self, key: impl OneArg, index: impl IntegerArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("ARSEEK").arg(key).arg(index);
        })
    }

    /// `ARSET key index value [value ...]`, since redis-8.8.0.
    fn arset(self, key: impl OneArg, index: impl IntegerArg, values: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ARSET").arg(key).arg(index).arg(values);
        })
    }

    /// `BACKUP ABORT`, since redis-8.10.0.
    fn backup_abort(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("BACKUP").arg("ABORT");
        })
    }

    /// `BACKUP CLEANUP`, since redis-8.10.0.
    fn backup_cleanup(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("BACKUP").arg("CLEANUP");
        })
    }

    /// `BACKUP HELP`, since redis-8.10.0.
    fn backup_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("BACKUP").arg("HELP");
        })
    }

    /// `BACKUP LIST`, since redis-8.10.0.
    fn backup_list(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("BACKUP").arg("LIST");
        })
    }

    /// `BACKUP SEAL`, since redis-8.10.0.
    fn backup_seal(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("BACKUP").arg("SEAL");
        })
    }

    /// `BACKUP START`, since redis-8.10.0.
    fn backup_start(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("BACKUP").arg("START");
        })
    }

    /// `BACKUP STATUS`, since redis-8.10.0.
    fn backup_status(self) -> Self::Out<BTreeMap<Bytes, Value>> {
        self.run(|w| {
            w.arg("BACKUP").arg("STATUS");
        })
    }

    /// `BF.ADD key item`, since bloom-1.0.0.
    fn bf_add(self, key: impl OneArg, item: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("BF.ADD").arg(key).arg(item);
        })
    }

    /// `BF.CARD key`, since bloom-2.4.4.
    fn bf_card(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("BF.CARD").arg(key);
        })
    }

    /// `BF.EXISTS key item`, since bloom-1.0.0.
    fn bf_exists(self, key: impl OneArg, item: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("BF.EXISTS").arg(key).arg(item);
        })
    }

    /// `BF.INFO key`, since bloom-1.0.0.
    fn bf_info(self, key: impl OneArg) -> Self::Out<BTreeMap<Bytes, Option<i64>>> {
        self.run(|w| {
            w.arg("BF.INFO").arg(key);
        })
    }

    /// `BF.INFO key [CAPACITY | SIZE | FILTERS | ITEMS | EXPANSION]`, since bloom-1.0.0.
    fn bf_info_with(self, key: impl OneArg, options: BfInfoOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("BF.INFO").arg(key);
            options.write_0(w);
        })
    }

    /// `BF.INSERT key ITEMS item [item ...]`, since bloom-1.0.0.
    fn bf_insert(self, key: impl OneArg, items: impl ToArg) -> Self::Out<Vec<bool>> {
        self.run(|w| {
            w.arg("BF.INSERT").arg(key).arg("ITEMS").arg(items);
        })
    }

    /// `BF.INSERT key [CAPACITY capacity] [ERROR error] [EXPANSION expansion] [NOCREATE] [NONSCALING] ITEMS item [item ...]`, since bloom-1.0.0.
    fn bf_insert_with(self, key: impl OneArg, items: impl ToArg, options: BfInsertOptions) -> Self::Out<Vec<bool>> {
        self.run(|w| {
            w.arg("BF.INSERT").arg(key);
            options.write_0(w);
            w.arg("ITEMS").arg(items);
        })
    }

    /// `BF.LOADCHUNK key iterator data`, since bloom-1.0.0.
    fn bf_loadchunk(self, key: impl OneArg, iterator: impl IntegerArg, data: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("BF.LOADCHUNK").arg(key).arg(iterator).arg(data);
        })
    }

    /// `BF.MADD key item [item ...]`, since bloom-1.0.0.
    fn bf_madd(self, key: impl OneArg, items: impl ToArg) -> Self::Out<Vec<bool>> {
        self.run(|w| {
            w.arg("BF.MADD").arg(key).arg(items);
        })
    }

    /// `BF.MEXISTS key item [item ...]`, since bloom-1.0.0.
    fn bf_mexists(self, key: impl OneArg, items: impl ToArg) -> Self::Out<Vec<bool>> {
        self.run(|w| {
            w.arg("BF.MEXISTS").arg(key).arg(items);
        })
    }

    /// `BF.RESERVE key error-rate capacity`, since bloom-1.0.0.
    fn bf_reserve(self, key: impl OneArg, error_rate: impl NumberArg, capacity: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("BF.RESERVE").arg(key).arg(error_rate).arg(capacity);
        })
    }

    /// `BF.RESERVE key error-rate capacity [EXPANSION expansion] [NONSCALING]`, since bloom-1.0.0.
    fn bf_reserve_with(self, key: impl OneArg, error_rate: impl NumberArg, capacity: impl IntegerArg, options: BfReserveOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("BF.RESERVE").arg(key).arg(error_rate).arg(capacity);
            options.write_0(w);
        })
    }

    /// `BF.SCANDUMP key iterator`, since bloom-1.0.0.
    fn bf_scandump(self, key: impl OneArg, iterator: impl IntegerArg) -> Self::Out<(i64, Bytes)> {
        self.run(|w| {
            w.arg("BF.SCANDUMP").arg(key).arg(iterator);
        })
    }

    /// `BGREWRITEAOF`, since 1.0.0.
    fn bgrewriteaof(self) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("BGREWRITEAOF");
        })
    }

    /// `BGSAVE`, since 1.0.0.
    fn bgsave(self) -> Self::Out<String> {
        self.run(|w| {
            w.arg("BGSAVE");
        })
    }

    /// `BGSAVE [SCHEDULE | CANCEL]`, since 1.0.0.
    fn bgsave_with(self, options: BgsaveOptions) -> Self::Out<String> {
        self.run(|w| {
            w.arg("BGSAVE");
            options.write_0(w);
        })
    }

    /// `BITCOUNT key`, since 2.6.0.
    fn bitcount(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("BITCOUNT").arg(key);
        })
    }

    /// `BITCOUNT key [start end [BYTE | BIT]]`, since 2.6.0.
    fn bitcount_with(self, key: impl OneArg, start: impl IntegerArg, end: impl IntegerArg, options: BitcountOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("BITCOUNT").arg(key).arg(start).arg(end);
            options.write_0(w);
        })
    }

    /// `BITFIELD key operations`, since 3.2.0.
    fn bitfield(self, key: impl OneArg, operations: Bitfield) -> Self::Out<Vec<Option<i64>>> {
        self.run(|w| {
            w.arg("BITFIELD").arg(key).arg(operations);
        })
    }

    /// `BITFIELD_RO key operations`, since 6.0.0.
    fn bitfield_ro(self, key: impl OneArg, operations: Bitfield) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("BITFIELD_RO").arg(key).arg(operations);
        })
    }

    /// `BITOP <AND | OR | XOR | NOT> destkey key [key ...]`, since 2.6.0.
    fn bitop(self, bitoperation: BitOperation, destkey: impl OneArg, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("BITOP").arg(bitoperation).arg(destkey).arg(keys);
        })
    }

    /// `BITPOS key bit`, since 2.8.7.
    fn bitpos(self, key: impl OneArg, bit: impl IntegerArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("BITPOS").arg(key).arg(bit);
        })
    }

    /// `BITPOS key bit [start [end [BYTE | BIT]]]`, since 2.8.7.
    fn bitpos_with(self, key: impl OneArg, bit: impl IntegerArg, start: impl IntegerArg, end: impl IntegerArg, options: BitposOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("BITPOS").arg(key).arg(bit).arg(start).arg(end);
            options.write_0(w);
        })
    }

    /// `BLMOVE source destination from to timeout`, since 6.2.0.
    fn blmove(self, source: impl OneArg, destination: impl OneArg, from: Side, to: Side, timeout: impl NumberArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("BLMOVE").arg(source).arg(destination).arg(from).arg(to).arg(timeout);
        })
    }

    /// `BLMOVEM source destination from to timeout`, since redis-8.10.0.
    fn blmovem(self, source: impl OneArg, destination: impl OneArg, from: Side, to: Side, timeout: impl NumberArg) -> Self::Out<Option<Vec<Bytes>>> {
        self.run(|w| {
            w.arg("BLMOVEM").arg(source).arg(destination).arg(from).arg(to).arg(timeout);
        })
    }

    /// `BLMOVEM source destination from to timeout COUNT count mode`, since redis-8.10.0.
    fn blmovem_count(self, source: impl OneArg, destination: impl OneArg, from: Side, to: Side, timeout: impl NumberArg, count: impl IntegerArg, mode: MoveMode) -> Self::Out<Option<Vec<Bytes>>> {
        self.run(|w| {
            w.arg("BLMOVEM").arg(source).arg(destination).arg(from).arg(to).arg(timeout).arg("COUNT").arg(count).arg(mode);
        })
    }

    /// `BLMOVEM source destination from to timeout EXACTLY count mode`, since redis-8.10.0.
    fn blmovem_exactly(self, source: impl OneArg, destination: impl OneArg, from: Side, to: Side, timeout: impl NumberArg, count: impl IntegerArg, mode: MoveMode) -> Self::Out<Option<Vec<Bytes>>> {
        self.run(|w| {
            w.arg("BLMOVEM").arg(source).arg(destination).arg(from).arg(to).arg(timeout).arg("EXACTLY").arg(count).arg(mode);
        })
    }

    /// `BLMPOP timeout numkeys key [key ...] <LEFT | RIGHT>`, since 7.0.0.
    fn blmpop(self, timeout: impl NumberArg, keys: impl ToArg, side: Side) -> Self::Out<Option<(Bytes, Vec<Bytes>)>> {
        self.run(|w| {
            w.arg("BLMPOP").arg(timeout).counted(1, keys).arg(side);
        })
    }

    /// `BLMPOP timeout numkeys key [key ...] <LEFT | RIGHT> [COUNT count]`, since 7.0.0.
    fn blmpop_with(self, timeout: impl NumberArg, keys: impl ToArg, side: Side, options: BlmpopOptions) -> Self::Out<Option<(Bytes, Vec<Bytes>)>> {
        self.run(|w| {
            w.arg("BLMPOP").arg(timeout).counted(1, keys).arg(side);
            options.write_0(w);
        })
    }

    /// `BLPOP key [key ...] timeout`, since 2.0.0.
    fn blpop(self, keys: impl ToArg, timeout: impl NumberArg) -> Self::Out<Option<(Bytes, Bytes)>> {
        self.run(|w| {
            w.arg("BLPOP").arg(keys).arg(timeout);
        })
    }

    /// `BRPOP key [key ...] timeout`, since 2.0.0.
    fn brpop(self, keys: impl ToArg, timeout: impl NumberArg) -> Self::Out<Option<(Bytes, Bytes)>> {
        self.run(|w| {
            w.arg("BRPOP").arg(keys).arg(timeout);
        })
    }

    /// `BRPOPLPUSH source destination timeout`, since 2.2.0.
    fn brpoplpush(self, source: impl OneArg, destination: impl OneArg, timeout: impl NumberArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("BRPOPLPUSH").arg(source).arg(destination).arg(timeout);
        })
    }

    /// `BZMPOP timeout numkeys key [key ...] <MIN | MAX>`, since 7.0.0.
    fn bzmpop(self, timeout: impl NumberArg, keys: impl ToArg, extreme: Extreme) -> Self::Out<Option<(Bytes, Vec<(Bytes, f64)>)>> {
        self.run(|w| {
            w.arg("BZMPOP").arg(timeout).counted(1, keys).arg(extreme);
        })
    }

    /// `BZMPOP timeout numkeys key [key ...] <MIN | MAX> [COUNT count]`, since 7.0.0.
    fn bzmpop_with(self, timeout: impl NumberArg, keys: impl ToArg, extreme: Extreme, options: BzmpopOptions) -> Self::Out<Option<(Bytes, Vec<(Bytes, f64)>)>> {
        self.run(|w| {
            w.arg("BZMPOP").arg(timeout).counted(1, keys).arg(extreme);
            options.write_0(w);
        })
    }

    /// `BZPOPMAX key [key ...] timeout`, since 5.0.0.
    fn bzpopmax(self, keys: impl ToArg, timeout: impl NumberArg) -> Self::Out<Option<(Bytes, Bytes, f64)>> {
        self.run(|w| {
            w.arg("BZPOPMAX").arg(keys).arg(timeout);
        })
    }

    /// `BZPOPMIN key [key ...] timeout`, since 5.0.0.
    fn bzpopmin(self, keys: impl ToArg, timeout: impl NumberArg) -> Self::Out<Option<(Bytes, Bytes, f64)>> {
        self.run(|w| {
            w.arg("BZPOPMIN").arg(keys).arg(timeout);
        })
    }

    /// `CF.ADD key item`, since bloom-1.0.0.
    fn cf_add(self, key: impl OneArg, item: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("CF.ADD").arg(key).arg(item);
        })
    }

    /// `CF.ADDNX key item`, since bloom-1.0.0.
    fn cf_addnx(self, key: impl OneArg, item: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("CF.ADDNX").arg(key).arg(item);
        })
    }

    /// `CF.COMPACT key`, since bloom-1.0.0.
    fn cf_compact(self, key: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CF.COMPACT").arg(key);
        })
    }

    /// `CF.COUNT key item`, since bloom-1.0.0.
    fn cf_count(self, key: impl OneArg, item: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("CF.COUNT").arg(key).arg(item);
        })
    }

    /// `CF.DEL key item`, since bloom-1.0.0.
    fn cf_del(self, key: impl OneArg, item: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("CF.DEL").arg(key).arg(item);
        })
    }

    /// `CF.EXISTS key item`, since bloom-1.0.0.
    fn cf_exists(self, key: impl OneArg, item: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("CF.EXISTS").arg(key).arg(item);
        })
    }

    /// `CF.INFO key`, since bloom-1.0.0.
    fn cf_info(self, key: impl OneArg) -> Self::Out<BTreeMap<Bytes, i64>> {
        self.run(|w| {
            w.arg("CF.INFO").arg(key);
        })
    }

    /// `CF.INSERT key ITEMS item [item ...]`, since bloom-1.0.0.
    fn cf_insert(self, key: impl OneArg, items: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("CF.INSERT").arg(key).arg("ITEMS").arg(items);
        })
    }

    /// `CF.INSERT key [CAPACITY capacity] [NOCREATE] ITEMS item [item ...]`, since bloom-1.0.0.
    fn cf_insert_with(self, key: impl OneArg, items: impl ToArg, options: CfInsertOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("CF.INSERT").arg(key);
            options.write_0(w);
            w.arg("ITEMS").arg(items);
        })
    }

    /// `CF.INSERTNX key ITEMS item [item ...]`, since bloom-1.0.0.
    fn cf_insertnx(self, key: impl OneArg, items: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("CF.INSERTNX").arg(key).arg("ITEMS").arg(items);
        })
    }

    /// `CF.INSERTNX key [CAPACITY capacity] [NOCREATE] ITEMS item [item ...]`, since bloom-1.0.0.
    fn cf_insertnx_with(self, key: impl OneArg, items: impl ToArg, options: CfInsertnxOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("CF.INSERTNX").arg(key);
            options.write_0(w);
            w.arg("ITEMS").arg(items);
        })
    }

    /// `CF.LOADCHUNK key iterator data`, since bloom-1.0.0.
    fn cf_loadchunk(self, key: impl OneArg, iterator: impl IntegerArg, data: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CF.LOADCHUNK").arg(key).arg(iterator).arg(data);
        })
    }

    /// `CF.MEXISTS key item [item ...]`, since bloom-1.0.0.
    fn cf_mexists(self, key: impl OneArg, items: impl ToArg) -> Self::Out<Vec<bool>> {
        self.run(|w| {
            w.arg("CF.MEXISTS").arg(key).arg(items);
        })
    }

    /// `CF.RESERVE key capacity`, since bloom-1.0.0.
    fn cf_reserve(self, key: impl OneArg, capacity: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CF.RESERVE").arg(key).arg(capacity);
        })
    }

    /// `CF.RESERVE key capacity [BUCKETSIZE bucketsize] [MAXITERATIONS maxiterations] [EXPANSION expansion]`, since bloom-1.0.0.
    fn cf_reserve_with(self, key: impl OneArg, capacity: impl IntegerArg, options: CfReserveOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CF.RESERVE").arg(key).arg(capacity);
            options.write_0(w);
        })
    }

    /// `CF.SCANDUMP key iterator`, since bloom-1.0.0.
    fn cf_scandump(self, key: impl OneArg, iterator: impl IntegerArg) -> Self::Out<(i64, Bytes)> {
        self.run(|w| {
            w.arg("CF.SCANDUMP").arg(key).arg(iterator);
        })
    }

    /// `CLIENT GETNAME`, since 2.6.9.
    fn client_getname(self) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("CLIENT").arg("GETNAME");
        })
    }

    /// `CLIENT GETREDIR`, since 6.0.0.
    fn client_getredir(self) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("CLIENT").arg("GETREDIR");
        })
    }

    /// `CLIENT HELP`, since 5.0.0.
    fn client_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("CLIENT").arg("HELP");
        })
    }

    /// `CLIENT ID`, since 5.0.0.
    fn client_id(self) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("CLIENT").arg("ID");
        })
    }

    /// `CLIENT INFO`, since 6.2.0.
    fn client_info(self) -> Self::Out<ClientInfo> {
        self.run(|w| {
            w.arg("CLIENT").arg("INFO");
        })
    }

    /// `CLIENT KILL address`, since 2.4.0.
    fn client_kill(self, address: impl OneArg) -> Self::ByNode<()> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg(address);
        })
    }

    /// `CLIENT KILL ADDR address`, since 2.4.0.
    fn client_kill_addr(self, address: impl OneArg) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg("ADDR").arg(address);
        })
    }

    /// `CLIENT KILL ADDR address [MAXAGE maxage] [SKIPME <YES | NO>]`, since 2.4.0.
    fn client_kill_addr_with(self, address: impl OneArg, options: ClientKillOptions) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg("ADDR").arg(address);
            options.write_0(w);
        })
    }

    /// `CLIENT KILL ID client-id`, since 2.4.0.
    fn client_kill_id(self, client_id: impl IntegerArg) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg("ID").arg(client_id);
        })
    }

    /// `CLIENT KILL ID client-id [MAXAGE maxage] [SKIPME <YES | NO>]`, since 2.4.0.
    fn client_kill_id_with(self, client_id: impl IntegerArg, options: ClientKillOptions) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg("ID").arg(client_id);
            options.write_0(w);
        })
    }

    /// `CLIENT KILL LADDR address`, since 2.4.0.
    fn client_kill_laddr(self, address: impl OneArg) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg("LADDR").arg(address);
        })
    }

    /// `CLIENT KILL LADDR address [MAXAGE maxage] [SKIPME <YES | NO>]`, since 2.4.0.
    fn client_kill_laddr_with(self, address: impl OneArg, options: ClientKillOptions) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg("LADDR").arg(address);
            options.write_0(w);
        })
    }

    /// `CLIENT KILL TYPE type`, since 2.4.0.
    fn client_kill_type(self, type_: ClientType) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg("TYPE").arg(type_);
        })
    }

    /// `CLIENT KILL TYPE type [MAXAGE maxage] [SKIPME <YES | NO>]`, since 2.4.0.
    fn client_kill_type_with(self, type_: ClientType, options: ClientKillOptions) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg("TYPE").arg(type_);
            options.write_0(w);
        })
    }

    /// `CLIENT KILL USER username`, since 2.4.0.
    fn client_kill_user(self, username: impl OneArg) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg("USER").arg(username);
        })
    }

    /// `CLIENT KILL USER username [MAXAGE maxage] [SKIPME <YES | NO>]`, since 2.4.0.
    fn client_kill_user_with(self, username: impl OneArg, options: ClientKillOptions) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("KILL").arg("USER").arg(username);
            options.write_0(w);
        })
    }

    /// `CLIENT LIST`, since 2.4.0.
    fn client_list(self) -> Self::ByNode<Vec<ClientInfo>> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("LIST");
        })
    }

    /// `CLIENT LIST [TYPE type] [ID client-id [client-id ...]]`, since 2.4.0.
    fn client_list_with(self, options: ClientListOptions) -> Self::ByNode<Vec<ClientInfo>> {
        self.run_by_node(|w| {
            w.arg("CLIENT").arg("LIST");
            options.write_0(w);
        })
    }

    /// `CLIENT PAUSE timeout`, since 3.0.0.
    fn client_pause(self, timeout: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLIENT").arg("PAUSE").arg(timeout);
        })
    }

    /// `CLIENT PAUSE timeout [WRITE | ALL]`, since 3.0.0.
    fn client_pause_with(self, timeout: impl IntegerArg, options: ClientPauseOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLIENT").arg("PAUSE").arg(timeout);
            options.write_0(w);
        })
    }

    /// `CLIENT SETNAME connection-name`, since 2.6.9.
    fn client_setname(self, connection_name: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLIENT").arg("SETNAME").arg(connection_name);
        })
    }

    /// `CLIENT TRACKINGINFO`, since 6.2.0.
    fn client_trackinginfo(self) -> Self::Out<ClientTrackinginfo> {
        self.run(|w| {
            w.arg("CLIENT").arg("TRACKINGINFO");
        })
    }

    /// `CLIENT UNBLOCK client-id`, since 5.0.0.
    fn client_unblock(self, client_id: impl IntegerArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("CLIENT").arg("UNBLOCK").arg(client_id);
        })
    }

    /// `CLIENT UNBLOCK client-id [TIMEOUT | ERROR]`, since 5.0.0.
    fn client_unblock_with(self, client_id: impl IntegerArg, options: ClientUnblockOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("CLIENT").arg("UNBLOCK").arg(client_id);
            options.write_0(w);
        })
    }

    /// `CLIENT UNPAUSE`, since 6.2.0.
    fn client_unpause(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLIENT").arg("UNPAUSE");
        })
    }

    /// `CLUSTER ADDSLOTS slot [slot ...]`, since 3.0.0.
    fn cluster_addslots(self, slots: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("ADDSLOTS").arg(slots);
        })
    }

    /// `CLUSTER ADDSLOTSRANGE start-slot end-slot [start-slot end-slot ...]`, since 7.0.0.
    fn cluster_addslotsrange(self, pairs: impl Groups<2>) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("ADDSLOTSRANGE").arg(pairs);
        })
    }

    /// `CLUSTER BUMPEPOCH`, since 3.0.0.
    fn cluster_bumpepoch(self) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("CLUSTER").arg("BUMPEPOCH");
        })
    }

    /// `CLUSTER CANCELSLOTMIGRATIONS`, since valkey-9.0.0.
    fn cluster_cancelslotmigrations(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("CANCELSLOTMIGRATIONS");
        })
    }

    /// `CLUSTER COUNT-FAILURE-REPORTS node-id`, since 3.0.0.
    fn cluster_count_failure_reports(self, node_id: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("CLUSTER").arg("COUNT-FAILURE-REPORTS").arg(node_id);
        })
    }

    /// `CLUSTER COUNTKEYSINSLOT slot`, since 3.0.0.
    fn cluster_countkeysinslot(self, slot: impl IntegerArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("CLUSTER").arg("COUNTKEYSINSLOT").arg(slot);
        })
    }

    /// `CLUSTER DELSLOTS slot [slot ...]`, since 3.0.0.
    fn cluster_delslots(self, slots: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("DELSLOTS").arg(slots);
        })
    }

    /// `CLUSTER DELSLOTSRANGE start-slot end-slot [start-slot end-slot ...]`, since 7.0.0.
    fn cluster_delslotsrange(self, pairs: impl Groups<2>) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("DELSLOTSRANGE").arg(pairs);
        })
    }

    /// `CLUSTER FAILOVER`, since 3.0.0.
    fn cluster_failover(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("FAILOVER");
        })
    }

    /// `CLUSTER FAILOVER [FORCE | TAKEOVER]`, since 3.0.0.
    fn cluster_failover_with(self, options: ClusterFailoverOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("FAILOVER");
            options.write_0(w);
        })
    }

    /// `CLUSTER FLUSHSLOT slot`, since valkey-9.0.0.
    fn cluster_flushslot(self, slot: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("FLUSHSLOT").arg(slot);
        })
    }

    /// `CLUSTER FLUSHSLOT slot [ASYNC | SYNC]`, since valkey-9.0.0.
    fn cluster_flushslot_with(self, slot: impl IntegerArg, options: ClusterFlushslotOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("FLUSHSLOT").arg(slot);
            options.write_0(w);
        })
    }

    /// `CLUSTER FLUSHSLOTS`, since 3.0.0.
    fn cluster_flushslots(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("FLUSHSLOTS");
        })
    }

    /// `CLUSTER FORGET node-id`, since 3.0.0.
    fn cluster_forget(self, node_id: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("FORGET").arg(node_id);
        })
    }

    /// `CLUSTER GETKEYSINSLOT slot count`, since 3.0.0.
    fn cluster_getkeysinslot(self, slot: impl IntegerArg, count: impl IntegerArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("GETKEYSINSLOT").arg(slot).arg(count);
        })
    }

    /// `CLUSTER GETSLOTMIGRATIONS`, since valkey-9.0.0.
    fn cluster_getslotmigrations(self) -> Self::Out<Vec<BTreeMap<Bytes, Value>>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("GETSLOTMIGRATIONS");
        })
    }

    /// `CLUSTER HELP`, since 5.0.0.
    fn cluster_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("HELP");
        })
    }

    /// `CLUSTER INFO`, since 3.0.0.
    fn cluster_info(self) -> Self::Out<BTreeMap<Bytes, Bytes>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("INFO");
        })
    }

    /// `CLUSTER KEYSLOT key`, since 3.0.0.
    fn cluster_keyslot(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("CLUSTER").arg("KEYSLOT").arg(key);
        })
    }

    /// `CLUSTER LINKS`, since 7.0.0.
    fn cluster_links(self) -> Self::ByNode<Vec<ClusterLink>> {
        self.run_by_node(|w| {
            w.arg("CLUSTER").arg("LINKS");
        })
    }

    /// `CLUSTER MEET ip port`, since 3.0.0.
    fn cluster_meet(self, ip: impl OneArg, port: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("MEET").arg(ip).arg(port);
        })
    }

    /// `CLUSTER MEET ip port [cluster-bus-port]`, since 3.0.0.
    fn cluster_meet_with(self, ip: impl OneArg, port: impl IntegerArg, cluster_bus_port: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("MEET").arg(ip).arg(port).arg(cluster_bus_port);
        })
    }

    /// `CLUSTER MIGRATESLOTS SLOTSRANGE start-slot end-slot [start-slot end-slot ...] NODE node-id`, since valkey-9.0.0.
    fn cluster_migrateslots(self, pairs: impl Groups<2>, node_id: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("MIGRATESLOTS").arg("SLOTSRANGE").arg(pairs).arg("NODE").arg(node_id);
        })
    }

    /// `CLUSTER MIGRATION CANCEL ID task-id`, since redis-8.4.0.
    fn cluster_migration_cancel(self, task_id: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("CLUSTER").arg("MIGRATION").arg("CANCEL").arg("ID").arg(task_id);
        })
    }

    /// `CLUSTER MIGRATION CANCEL ALL`, since redis-8.4.0.
    fn cluster_migration_cancel_all(self) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("CLUSTER").arg("MIGRATION").arg("CANCEL").arg("ALL");
        })
    }

    /// `CLUSTER MIGRATION IMPORT start-slot end-slot [start-slot end-slot ...]`, since redis-8.4.0.
    fn cluster_migration_import(self, pairs: impl Groups<2>) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("CLUSTER").arg("MIGRATION").arg("IMPORT").arg(pairs);
        })
    }

    /// `CLUSTER MIGRATION STATUS ID task-id`, since redis-8.4.0.
    fn cluster_migration_status(self, task_id: impl OneArg) -> Self::Out<Vec<BTreeMap<Bytes, Value>>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("MIGRATION").arg("STATUS").arg("ID").arg(task_id);
        })
    }

    /// `CLUSTER MIGRATION STATUS ALL`, since redis-8.4.0.
    fn cluster_migration_status_all(self) -> Self::Out<Vec<BTreeMap<Bytes, Value>>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("MIGRATION").arg("STATUS").arg("ALL");
        })
    }

    /// `CLUSTER MYID`, since 3.0.0.
    fn cluster_myid(self) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("CLUSTER").arg("MYID");
        })
    }

    /// `CLUSTER MYSHARDID`, since 7.2.0.
    fn cluster_myshardid(self) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("CLUSTER").arg("MYSHARDID");
        })
    }

    /// `CLUSTER NODES`, since 3.0.0.
    fn cluster_nodes(self) -> Self::Out<Vec<ClusterNode>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("NODES");
        })
    }

    /// `CLUSTER REPLICAS node-id`, since 5.0.0.
    fn cluster_replicas(self, node_id: impl OneArg) -> Self::Out<Vec<ClusterNode>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("REPLICAS").arg(node_id);
        })
    }

    /// `CLUSTER REPLICATE node-id`, since 3.0.0.
    fn cluster_replicate(self, node_id: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("REPLICATE").arg(node_id);
        })
    }

    /// `CLUSTER RESET`, since 3.0.0.
    fn cluster_reset(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("RESET");
        })
    }

    /// `CLUSTER RESET [HARD | SOFT]`, since 3.0.0.
    fn cluster_reset_with(self, options: ClusterResetOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("RESET");
            options.write_0(w);
        })
    }

    /// `CLUSTER SAVECONFIG`, since 3.0.0.
    fn cluster_saveconfig(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SAVECONFIG");
        })
    }

    /// `CLUSTER SET-CONFIG-EPOCH config-epoch`, since 3.0.0.
    fn cluster_set_config_epoch(self, config_epoch: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SET-CONFIG-EPOCH").arg(config_epoch);
        })
    }

    /// `CLUSTER SETSLOT slot IMPORTING node-id`, since 3.0.0.
    fn cluster_setslot_importing(self, slot: impl IntegerArg, node_id: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SETSLOT").arg(slot).arg("IMPORTING").arg(node_id);
        })
    }

    /// `CLUSTER SETSLOT slot IMPORTING node-id [TIMEOUT timeout]`, since 3.0.0.
    fn cluster_setslot_importing_with(self, slot: impl IntegerArg, node_id: impl OneArg, options: ClusterSetslotOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SETSLOT").arg(slot).arg("IMPORTING").arg(node_id);
            options.write_0(w);
        })
    }

    /// `CLUSTER SETSLOT slot MIGRATING node-id`, since 3.0.0.
    fn cluster_setslot_migrating(self, slot: impl IntegerArg, node_id: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SETSLOT").arg(slot).arg("MIGRATING").arg(node_id);
        })
    }

    /// `CLUSTER SETSLOT slot MIGRATING node-id [TIMEOUT timeout]`, since 3.0.0.
    fn cluster_setslot_migrating_with(self, slot: impl IntegerArg, node_id: impl OneArg, options: ClusterSetslotOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SETSLOT").arg(slot).arg("MIGRATING").arg(node_id);
            options.write_0(w);
        })
    }

    /// `CLUSTER SETSLOT slot NODE node-id`, since 3.0.0.
    fn cluster_setslot_node(self, slot: impl IntegerArg, node_id: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SETSLOT").arg(slot).arg("NODE").arg(node_id);
        })
    }

    /// `CLUSTER SETSLOT slot NODE node-id [TIMEOUT timeout]`, since 3.0.0.
    fn cluster_setslot_node_with(self, slot: impl IntegerArg, node_id: impl OneArg, options: ClusterSetslotOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SETSLOT").arg(slot).arg("NODE").arg(node_id);
            options.write_0(w);
        })
    }

    /// `CLUSTER SETSLOT slot STABLE`, since 3.0.0.
    fn cluster_setslot_stable(self, slot: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SETSLOT").arg(slot).arg("STABLE");
        })
    }

    /// `CLUSTER SETSLOT slot STABLE [TIMEOUT timeout]`, since 3.0.0.
    fn cluster_setslot_stable_with(self, slot: impl IntegerArg, options: ClusterSetslotOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SETSLOT").arg(slot).arg("STABLE");
            options.write_0(w);
        })
    }

    /// `CLUSTER SHARDS`, since 7.0.0.
    fn cluster_shards(self) -> Self::Out<Vec<ClusterShard>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SHARDS");
        })
    }

    /// `CLUSTER SLAVES node-id`, since 3.0.0.
    fn cluster_slaves(self, node_id: impl OneArg) -> Self::Out<Vec<ClusterNode>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SLAVES").arg(node_id);
        })
    }

    /// `CLUSTER SLOT-STATS ORDERBY metric`, since 8.0.0.
    fn cluster_slot_stats_orderby(self, metric: impl OneArg) -> Self::Out<Vec<(i64, SlotStats)>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SLOT-STATS").arg("ORDERBY").arg(metric);
        })
    }

    /// `CLUSTER SLOT-STATS ORDERBY metric [LIMIT limit] [ASC | DESC]`, since 8.0.0.
    fn cluster_slot_stats_orderby_with(self, metric: impl OneArg, options: ClusterSlotStatsOptions) -> Self::Out<Vec<(i64, SlotStats)>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SLOT-STATS").arg("ORDERBY").arg(metric);
            options.write_0(w);
        })
    }

    /// `CLUSTER SLOT-STATS SLOTSRANGE start-slot end-slot`, since 8.0.0.
    fn cluster_slot_stats_slotsrange(self, start_slot: impl IntegerArg, end_slot: impl IntegerArg) -> Self::Out<Vec<(i64, SlotStats)>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SLOT-STATS").arg("SLOTSRANGE").arg(start_slot).arg(end_slot);
        })
    }

    /// `CLUSTER SLOTS`, since 3.0.0.
    fn cluster_slots(self) -> Self::Out<Vec<SlotOwners>> {
        self.run(|w| {
            w.arg("CLUSTER").arg("SLOTS");
        })
    }

    /// `CMS.INCRBY key item increment [item increment ...]`, since bloom-2.0.0.
    fn cms_incrby(self, key: impl OneArg, pairs: impl Groups<2>) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("CMS.INCRBY").arg(key).arg(pairs);
        })
    }

    /// `CMS.INFO key`, since bloom-2.0.0.
    fn cms_info(self, key: impl OneArg) -> Self::Out<BTreeMap<Bytes, i64>> {
        self.run(|w| {
            w.arg("CMS.INFO").arg(key);
        })
    }

    /// `CMS.INITBYDIM key width depth`, since bloom-2.0.0.
    fn cms_initbydim(self, key: impl OneArg, width: impl IntegerArg, depth: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CMS.INITBYDIM").arg(key).arg(width).arg(depth);
        })
    }

    /// `CMS.INITBYPROB key error probability`, since bloom-2.0.0.
    fn cms_initbyprob(self, key: impl OneArg, error: impl NumberArg, probability: impl NumberArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CMS.INITBYPROB").arg(key).arg(error).arg(probability);
        })
    }

    /// `CMS.MERGE destination numkeys source [source ...]`, since bloom-2.0.0.
    fn cms_merge(self, destination: impl OneArg, sources: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CMS.MERGE").arg(destination).counted(1, sources);
        })
    }

    /// `CMS.MERGE destination numkeys source [source ...] [WEIGHTS weight [weight ...]]`, since bloom-2.0.0.
    fn cms_merge_with(self, destination: impl OneArg, sources: impl ToArg, options: CmsMergeOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CMS.MERGE").arg(destination).counted(1, sources);
            options.write_0(w);
        })
    }

    /// `CMS.QUERY key item [item ...]`, since bloom-2.0.0.
    fn cms_query(self, key: impl OneArg, items: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("CMS.QUERY").arg(key).arg(items);
        })
    }

    /// `COMMAND COUNT`, since 2.8.13.
    fn command_count(self) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("COMMAND").arg("COUNT");
        })
    }

    /// `COMMAND DOCS`, since 7.0.0.
    fn command_docs(self) -> Self::Out<BTreeMap<Bytes, Value>> {
        self.run(|w| {
            w.arg("COMMAND").arg("DOCS");
        })
    }

    /// `COMMAND DOCS [command-name [command-name ...]]`, since 7.0.0.
    fn command_docs_with(self, command_names: impl ToArg) -> Self::Out<BTreeMap<Bytes, Value>> {
        self.run(|w| {
            w.arg("COMMAND").arg("DOCS").arg(command_names);
        })
    }

    /// `COMMAND GETKEYS command [arg [arg ...]]`, since 2.8.13.
    fn command_getkeys(self, command: impl OneArg, args: impl ToArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("COMMAND").arg("GETKEYS").arg(command).arg(args);
        })
    }

    /// `COMMAND GETKEYSANDFLAGS command [arg [arg ...]]`, since 7.0.0.
    fn command_getkeysandflags(self, command: impl OneArg, args: impl ToArg) -> Self::Out<Vec<(Bytes, Vec<Bytes>)>> {
        self.run(|w| {
            w.arg("COMMAND").arg("GETKEYSANDFLAGS").arg(command).arg(args);
        })
    }

    /// `COMMAND HELP`, since 5.0.0.
    fn command_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("COMMAND").arg("HELP");
        })
    }

    /// `COMMAND INFO`, since 2.8.13.
    fn command_info(self) -> Self::Out<Vec<Value>> {
        self.run(|w| {
            w.arg("COMMAND").arg("INFO");
        })
    }

    /// `COMMAND INFO [command-name [command-name ...]]`, since 2.8.13.
    fn command_info_with(self, command_names: impl ToArg) -> Self::Out<Vec<Value>> {
        self.run(|w| {
            w.arg("COMMAND").arg("INFO").arg(command_names);
        })
    }

    /// `COMMAND LIST`, since 7.0.0.
    fn command_list(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("COMMAND").arg("LIST");
        })
    }

    /// `COMMAND LIST [FILTERBY <MODULE module-name | ACLCAT category | PATTERN pattern>]`, since 7.0.0.
    fn command_list_with(self, options: CommandListOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("COMMAND").arg("LIST");
            options.write_0(w);
        })
    }

    /// `COMMANDLOG GET count <slow | large-request | large-reply>`, since valkey-8.1.0.
    fn commandlog_get(self, count: impl IntegerArg, commandlog: CommandLog) -> Self::ByNode<Vec<SlowlogEntry>> {
        self.run_by_node(|w| {
            w.arg("COMMANDLOG").arg("GET").arg(count).arg(commandlog);
        })
    }

    /// `COMMANDLOG GET count <slow | large-request | large-reply> [RECENCY | MAGNITUDE]`, since valkey-8.1.0.
    fn commandlog_get_with(self, count: impl IntegerArg, commandlog: CommandLog, options: CommandlogGetOptions) -> Self::ByNode<Vec<SlowlogEntry>> {
        self.run_by_node(|w| {
            w.arg("COMMANDLOG").arg("GET").arg(count).arg(commandlog);
            options.write_0(w);
        })
    }

    /// `COMMANDLOG HELP`, since valkey-8.1.0.
    fn commandlog_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("COMMANDLOG").arg("HELP");
        })
    }

    /// `COMMANDLOG LEN <slow | large-request | large-reply>`, since valkey-8.1.0.
    fn commandlog_len(self, commandlog: CommandLog) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("COMMANDLOG").arg("LEN").arg(commandlog);
        })
    }

    /// `COMMANDLOG RESET <slow | large-request | large-reply>`, since valkey-8.1.0.
    fn commandlog_reset(self, commandlog: CommandLog) -> Self::Out<()> {
        self.run(|w| {
            w.arg("COMMANDLOG").arg("RESET").arg(commandlog);
        })
    }

    /// `CONFIG GET parameter [parameter ...]`, since 2.0.0.
    fn config_get(self, parameters: impl ToArg) -> Self::ByNode<BTreeMap<Bytes, Bytes>> {
        self.run_by_node(|w| {
            w.arg("CONFIG").arg("GET").arg(parameters);
        })
    }

    /// `CONFIG HELP`, since 5.0.0.
    fn config_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("CONFIG").arg("HELP");
        })
    }

    /// `CONFIG RESETSTAT`, since 2.0.0.
    fn config_resetstat(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CONFIG").arg("RESETSTAT");
        })
    }

    /// `CONFIG REWRITE`, since 2.8.0.
    fn config_rewrite(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CONFIG").arg("REWRITE");
        })
    }

    /// `CONFIG SET parameter value [parameter value ...]`, since 2.0.0.
    fn config_set(self, pairs: impl Groups<2>) -> Self::Out<()> {
        self.run(|w| {
            w.arg("CONFIG").arg("SET").arg(pairs);
        })
    }

    /// `COPY source destination`, since 6.2.0.
    fn copy(self, source: impl OneArg, destination: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("COPY").arg(source).arg(destination);
        })
    }

    /// `COPY source destination [DB destination-db] [REPLACE]`, since 6.2.0.
    fn copy_with(self, source: impl OneArg, destination: impl OneArg, options: CopyOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("COPY").arg(source).arg(destination);
            options.write_0(w);
        })
    }

    /// `DBSIZE`, since 1.0.0.
    fn dbsize(self) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("DBSIZE");
        })
    }

    /// `DECR key`, since 1.0.0.
    fn decr(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("DECR").arg(key);
        })
    }

    /// `DECRBY key decrement`, since 1.0.0.
    fn decrby(self, key: impl OneArg, decrement: impl IntegerArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("DECRBY").arg(key).arg(decrement);
        })
    }

    /// `DEL key [key ...]`, since 1.0.0.
    fn del(self, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("DEL").arg(keys);
        })
    }

    /// `DELEX key`, since redis-8.4.0.
    fn delex(self, key: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("DELEX").arg(key);
        })
    }

    /// `DELEX key [IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest]`, since redis-8.4.0.
    fn delex_with(self, key: impl OneArg, options: DelexOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("DELEX").arg(key);
            options.write_0(w);
        })
    }

    /// `DELIFEQ key value`, since valkey-9.0.0.
    fn delifeq(self, key: impl OneArg, value: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("DELIFEQ").arg(key).arg(value);
        })
    }

    /// `DIGEST key`, since redis-8.4.0.
    fn digest(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("DIGEST").arg(key);
        })
    }

    /// `DUMP key`, since 2.6.0.
    fn dump(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("DUMP").arg(key);
        })
    }

    /// `ECHO message`, since 1.0.0.
    fn echo(self, message: impl OneArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("ECHO").arg(message);
        })
    }

    /// `EVAL script numkeys [key [key ...]] [arg [arg ...]]`, since 2.6.0.
    fn eval(self, script: impl OneArg, keys: impl ToArg, args: impl ToArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("EVAL").arg(script).counted(1, keys).arg(args);
        })
    }

    /// `EVALSHA sha1 numkeys [key [key ...]] [arg [arg ...]]`, since 2.6.0.
    fn evalsha(self, sha1: impl OneArg, keys: impl ToArg, args: impl ToArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("EVALSHA").arg(sha1).counted(1, keys).arg(args);
        })
    }

    /// `EVALSHA_RO sha1 numkeys [key [key ...]] [arg [arg ...]]`, since 7.0.0.
    fn evalsha_ro(self, sha1: impl OneArg, keys: impl ToArg, args: impl ToArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("EVALSHA_RO").arg(sha1).counted(1, keys).arg(args);
        })
    }

    /// `EVAL_RO script numkeys [key [key ...]] [arg [arg ...]]`, since 7.0.0.
    fn eval_ro(self, script: impl OneArg, keys: impl ToArg, args: impl ToArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("EVAL_RO").arg(script).counted(1, keys).arg(args);
        })
    }

    /// `EXISTS key [key ...]`, since 1.0.0.
    fn exists(self, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("EXISTS").arg(keys);
        })
    }

    /// `EXPIRE key seconds`, since 1.0.0.
    fn expire(self, key: impl OneArg, seconds: impl IntegerArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("EXPIRE").arg(key).arg(seconds);
        })
    }

    /// `EXPIRE key seconds [NX | XX | GT | LT]`, since 1.0.0.
    fn expire_with(self, key: impl OneArg, seconds: impl IntegerArg, options: ExpireOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("EXPIRE").arg(key).arg(seconds);
            options.write_0(w);
        })
    }

    /// `EXPIREAT key unix-time-seconds`, since 1.2.0.
    fn expireat(self, key: impl OneArg, unix_time_seconds: impl IntegerArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("EXPIREAT").arg(key).arg(unix_time_seconds);
        })
    }

    /// `EXPIREAT key unix-time-seconds [NX | XX | GT | LT]`, since 1.2.0.
    fn expireat_with(self, key: impl OneArg, unix_time_seconds: impl IntegerArg, options: ExpireatOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("EXPIREAT").arg(key).arg(unix_time_seconds);
            options.write_0(w);
        })
    }

    /// `EXPIRETIME key`, since 7.0.0.
    fn expiretime(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("EXPIRETIME").arg(key);
        })
    }

    /// `FCALL function numkeys [key [key ...]] [arg [arg ...]]`, since 7.0.0.
    fn fcall(self, function: impl OneArg, keys: impl ToArg, args: impl ToArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FCALL").arg(function).counted(1, keys).arg(args);
        })
    }

    /// `FCALL_RO function numkeys [key [key ...]] [arg [arg ...]]`, since 7.0.0.
    fn fcall_ro(self, function: impl OneArg, keys: impl ToArg, args: impl ToArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FCALL_RO").arg(function).counted(1, keys).arg(args);
        })
    }

    /// `FLUSHALL`, since 1.0.0.
    fn flushall(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FLUSHALL");
        })
    }

    /// `FLUSHALL [ASYNC | SYNC]`, since 1.0.0.
    fn flushall_with(self, options: FlushallOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FLUSHALL");
            options.write_0(w);
        })
    }

    /// `FLUSHDB`, since 1.0.0.
    fn flushdb(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FLUSHDB");
        })
    }

    /// `FLUSHDB [ASYNC | SYNC]`, since 1.0.0.
    fn flushdb_with(self, options: FlushdbOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FLUSHDB");
            options.write_0(w);
        })
    }

    /// `FT.AGGREGATE index query [argument [argument ...]]`, since search-1.1.0.
    fn ft_aggregate(self, index: impl OneArg, query: impl OneArg, arguments: impl ToArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.AGGREGATE").arg(index).arg(query).arg(arguments);
        })
    }

    /// `FT.ALIASADD alias index`, since search-1.0.0.
    fn ft_aliasadd(self, alias: impl OneArg, index: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.ALIASADD").arg(alias).arg(index);
        })
    }

    /// `FT.ALIASDEL alias`, since search-1.0.0.
    fn ft_aliasdel(self, alias: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.ALIASDEL").arg(alias);
        })
    }

    /// `FT.ALIASLIST index`, since search-8.10.0.
    fn ft_aliaslist(self, index: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("FT.ALIASLIST").arg(index);
        })
    }

    /// `FT.ALIASUPDATE alias index`, since search-1.0.0.
    fn ft_aliasupdate(self, alias: impl OneArg, index: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.ALIASUPDATE").arg(alias).arg(index);
        })
    }

    /// `FT.ALTER index SCHEMA ADD field attribute [attribute ...]`, since search-1.0.0.
    fn ft_alter(self, index: impl OneArg, field: impl OneArg, attributes: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.ALTER").arg(index).arg("SCHEMA").arg("ADD").arg(field).arg(attributes);
        })
    }

    /// `FT.ALTER index [SKIPINITIALSCAN] SCHEMA ADD field attribute [attribute ...]`, since search-1.0.0.
    fn ft_alter_with(self, index: impl OneArg, field: impl OneArg, attributes: impl ToArg, options: FtAlterOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.ALTER").arg(index);
            options.write_0(w);
            w.arg("SCHEMA").arg("ADD").arg(field).arg(attributes);
        })
    }

    /// `FT.CONFIG GET option`, since search-1.0.0.
    fn ft_config_get(self, option: impl OneArg) -> Self::Out<BTreeMap<Bytes, Option<Bytes>>> {
        self.run(|w| {
            w.arg("FT.CONFIG").arg("GET").arg(option);
        })
    }

    /// `FT.CONFIG HELP option`, since search-1.0.0.
    fn ft_config_help(self, option: impl OneArg) -> Self::Out<Vec<Value>> {
        self.run(|w| {
            w.arg("FT.CONFIG").arg("HELP").arg(option);
        })
    }

    /// `FT.CONFIG SET option value`, since search-1.0.0.
    fn ft_config_set(self, option: impl OneArg, value: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.CONFIG").arg("SET").arg(option).arg(value);
        })
    }

    /// `FT.CREATE index SCHEMA field [field ...]`, since search-1.0.0.
    fn ft_create(self, index: impl OneArg, fields: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.CREATE").arg(index).arg("SCHEMA").arg(fields);
        })
    }

    /// `FT.CREATE index [ON <HASH | JSON>] [INDEXALL <ENABLE | DISABLE>] [PREFIX count prefix [prefix ...]] [FILTER filter] [LANGUAGE default-lang] [LANGUAGE_FIELD lang-attribute] [SCORE default-score] [SCORE_FIELD score-attribute] [PAYLOAD_FIELD payload-attribute] [MAXTEXTFIELDS] [TEMPORARY seconds] [NOOFFSETS] [NOHL] [NOFIELDS] [NOFREQS] [STOPWORDS count [stopword [stopword ...]]] [SKIPINITIALSCAN] SCHEMA field [field ...]`, since search-1.0.0.
    fn ft_create_with(self, index: impl OneArg, fields: impl ToArg, options: FtCreateOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.CREATE").arg(index);
            options.write_0(w);
            w.arg("SCHEMA").arg(fields);
        })
    }

    /// `FT.CURSOR DEL index cursor-id`, since search-1.1.0.
    fn ft_cursor_del(self, index: impl OneArg, cursor_id: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.CURSOR").arg("DEL").arg(index).arg(cursor_id);
        })
    }

    /// `FT.CURSOR GC index`, since search-1.1.0.
    fn ft_cursor_gc(self, index: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.CURSOR").arg("GC").arg(index);
        })
    }

    /// `FT.CURSOR READ index cursor-id`, since search-1.1.0.
    fn ft_cursor_read(self, index: impl OneArg, cursor_id: impl IntegerArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.CURSOR").arg("READ").arg(index).arg(cursor_id);
        })
    }

    /// `FT.CURSOR READ index cursor-id [COUNT read-size]`, since search-1.1.0.
    fn ft_cursor_read_with(self, index: impl OneArg, cursor_id: impl IntegerArg, options: FtCursorReadOptions) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.CURSOR").arg("READ").arg(index).arg(cursor_id);
            options.write_0(w);
        })
    }

    /// `FT.DICTADD dict term [term ...]`, since search-1.4.0.
    fn ft_dictadd(self, dict: impl OneArg, terms: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("FT.DICTADD").arg(dict).arg(terms);
        })
    }

    /// `FT.DICTDEL dict term [term ...]`, since search-1.4.0.
    fn ft_dictdel(self, dict: impl OneArg, terms: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("FT.DICTDEL").arg(dict).arg(terms);
        })
    }

    /// `FT.DICTDUMP dict`, since search-1.4.0.
    fn ft_dictdump(self, dict: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("FT.DICTDUMP").arg(dict);
        })
    }

    /// `FT.DROP index`, since search-1.0.0.
    fn ft_drop(self, index: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.DROP").arg(index);
        })
    }

    /// `FT.DROP index [KEEPDOCS]`, since search-1.0.0.
    fn ft_drop_with(self, index: impl OneArg, options: FtDropOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.DROP").arg(index);
            options.write_0(w);
        })
    }

    /// `FT.DROPINDEX index`, since search-2.0.0.
    fn ft_dropindex(self, index: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.DROPINDEX").arg(index);
        })
    }

    /// `FT.DROPINDEX index [DD]`, since search-2.0.0.
    fn ft_dropindex_with(self, index: impl OneArg, options: FtDropindexOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.DROPINDEX").arg(index);
            options.write_0(w);
        })
    }

    /// `FT.EXPLAIN index query`, since search-1.0.0.
    fn ft_explain(self, index: impl OneArg, query: impl OneArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("FT.EXPLAIN").arg(index).arg(query);
        })
    }

    /// `FT.EXPLAIN index query [DIALECT dialect]`, since search-1.0.0.
    fn ft_explain_with(self, index: impl OneArg, query: impl OneArg, options: FtExplainOptions) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("FT.EXPLAIN").arg(index).arg(query);
            options.write_0(w);
        })
    }

    /// `FT.EXPLAINCLI index query`, since search-1.0.0.
    fn ft_explaincli(self, index: impl OneArg, query: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("FT.EXPLAINCLI").arg(index).arg(query);
        })
    }

    /// `FT.EXPLAINCLI index query [DIALECT dialect]`, since search-1.0.0.
    fn ft_explaincli_with(self, index: impl OneArg, query: impl OneArg, options: FtExplaincliOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("FT.EXPLAINCLI").arg(index).arg(query);
            options.write_0(w);
        })
    }

    /// `FT.HYBRID index SEARCH query VSIM field vector [argument [argument ...]]`, since search-8.4.0.
    fn ft_hybrid(self, index: impl OneArg, query: impl OneArg, field: impl OneArg, vector: impl OneArg, arguments: impl ToArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.HYBRID").arg(index).arg("SEARCH").arg(query).arg("VSIM").arg(field).arg(vector).arg(arguments);
        })
    }

    /// `FT.INFO index`, since search-1.0.0.
    fn ft_info(self, index: impl OneArg) -> Self::Out<BTreeMap<Bytes, Value>> {
        self.run(|w| {
            w.arg("FT.INFO").arg(index);
        })
    }

    /// `FT.PROFILE index <SEARCH | HYBRID | AGGREGATE> QUERY query`, since search-2.2.0.
    fn ft_profile(self, index: impl OneArg, profiledquery: ProfiledQuery, query: impl OneArg, arguments: impl ToArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.PROFILE").arg(index).arg(profiledquery).arg("QUERY").arg(query).arg(arguments);
        })
    }

    /// `FT.PROFILE index <SEARCH | HYBRID | AGGREGATE> [LIMITED] QUERY query [argument [argument ...]]`, since search-2.2.0.
    fn ft_profile_with(self, index: impl OneArg, profiledquery: ProfiledQuery, query: impl OneArg, arguments: impl ToArg, options: FtProfileOptions) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.PROFILE").arg(index).arg(profiledquery);
            options.write_0(w);
            w.arg("QUERY").arg(query).arg(arguments);
        })
    }

    /// `FT.SEARCH index query`, since search-1.0.0.
    fn ft_search(self, index: impl OneArg, query: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.SEARCH").arg(index).arg(query);
        })
    }

    /// `FT.SEARCH index query [NOCONTENT] [VERBATIM] [NOSTOPWORDS] [WITHSCORES] [WITHPAYLOADS] [WITHSORTKEYS] [FILTER numeric-field min max [FILTER numeric-field min max ...]] [GEOFILTER geo-field lon lat radius unit [GEOFILTER geo-field lon lat radius unit ...]] [INKEYS count key [key ...]] [INFIELDS count field [field ...]] [RETURN count property [property ...]] [SUMMARIZE argument [argument ...]] [HIGHLIGHT argument [argument ...]] [SLOP slop] [TIMEOUT timeout] [INORDER] [LANGUAGE language] [EXPANDER expander] [SCORER scorer] [EXPLAINSCORE] [PAYLOAD payload] [SORTBY sortby [ASC | DESC]] [LIMIT offset num] [PARAMS nargs name value [name value ...]] [DIALECT dialect]`, since search-1.0.0.
    fn ft_search_with(self, index: impl OneArg, query: impl OneArg, options: FtSearchOptions) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.SEARCH").arg(index).arg(query);
            options.write_0(w);
        })
    }

    /// `FT.SPELLCHECK index query`, since search-1.4.0.
    fn ft_spellcheck(self, index: impl OneArg, query: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.SPELLCHECK").arg(index).arg(query);
        })
    }

    /// `FT.SPELLCHECK index query [DISTANCE distance] [TERMS terms dictionary [TERMS terms dictionary ...]] [DIALECT dialect]`, since search-1.4.0.
    fn ft_spellcheck_with(self, index: impl OneArg, query: impl OneArg, options: FtSpellcheckOptions) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("FT.SPELLCHECK").arg(index).arg(query);
            options.write_0(w);
        })
    }

    /// `FT.SUGADD key string score`, since search-1.0.0.
    fn ft_sugadd(self, key: impl OneArg, string: impl OneArg, score: impl NumberArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("FT.SUGADD").arg(key).arg(string).arg(score);
        })
    }

    /// `FT.SUGADD key string score [INCR] [PAYLOAD payload]`, since search-1.0.0.
    fn ft_sugadd_with(self, key: impl OneArg, string: impl OneArg, score: impl NumberArg, options: FtSugaddOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("FT.SUGADD").arg(key).arg(string).arg(score);
            options.write_0(w);
        })
    }

    /// `FT.SUGDEL key string`, since search-1.0.0.
    fn ft_sugdel(self, key: impl OneArg, string: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("FT.SUGDEL").arg(key).arg(string);
        })
    }

    /// `FT.SUGGET key prefix`, since search-1.0.0.
    fn ft_sugget(self, key: impl OneArg, prefix: impl OneArg) -> Self::Out<Option<Vec<Bytes>>> {
        self.run(|w| {
            w.arg("FT.SUGGET").arg(key).arg(prefix);
        })
    }

    /// `FT.SUGGET key prefix [FUZZY] [MAX max]`, since search-1.0.0.
    fn ft_sugget_with(self, key: impl OneArg, prefix: impl OneArg, options: FtSuggetOptions) -> Self::Out<Option<Vec<Bytes>>> {
        self.run(|w| {
            w.arg("FT.SUGGET").arg(key).arg(prefix);
            options.write_0(w);
        })
    }

    /// `FT.SUGGET key prefix WITHSCORES`, since search-1.0.0.
    fn ft_sugget_withscores(self, key: impl OneArg, prefix: impl OneArg) -> Self::Out<Option<Flat<(Bytes, f64)>>> {
        self.run(|w| {
            w.arg("FT.SUGGET").arg(key).arg(prefix).arg("WITHSCORES");
        })
    }

    /// `FT.SUGGET key prefix WITHSCORES [FUZZY] [MAX max]`, since search-1.0.0.
    fn ft_sugget_withscores_with(self, key: impl OneArg, prefix: impl OneArg, options: FtSuggetOptions) -> Self::Out<Option<Flat<(Bytes, f64)>>> {
        self.run(|w| {
            w.arg("FT.SUGGET").arg(key).arg(prefix).arg("WITHSCORES");
            options.write_0(w);
        })
    }

    /// `FT.SUGLEN key`, since search-1.0.0.
    fn ft_suglen(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("FT.SUGLEN").arg(key);
        })
    }

    /// `FT.SYNDUMP index`, since search-1.2.0.
    fn ft_syndump(self, index: impl OneArg) -> Self::Out<BTreeMap<Bytes, Vec<Bytes>>> {
        self.run(|w| {
            w.arg("FT.SYNDUMP").arg(index);
        })
    }

    /// `FT.SYNUPDATE index synonym-group-id term [term ...]`, since search-1.2.0.
    fn ft_synupdate(self, index: impl OneArg, synonym_group_id: impl OneArg, terms: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.SYNUPDATE").arg(index).arg(synonym_group_id).arg(terms);
        })
    }

    /// `FT.SYNUPDATE index synonym-group-id [SKIPINITIALSCAN] term [term ...]`, since search-1.2.0.
    fn ft_synupdate_with(self, index: impl OneArg, synonym_group_id: impl OneArg, terms: impl ToArg, options: FtSynupdateOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FT.SYNUPDATE").arg(index).arg(synonym_group_id);
            options.write_0(w);
            w.arg(terms);
        })
    }

    /// `FT.TAGVALS index field-name`, since search-1.0.0.
    fn ft_tagvals(self, index: impl OneArg, field_name: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("FT.TAGVALS").arg(index).arg(field_name);
        })
    }

    /// `FT._LIST`, since search-2.0.0.
    fn ft_list(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("FT._LIST");
        })
    }

    /// `FUNCTION DELETE library-name`, since 7.0.0.
    fn function_delete(self, library_name: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FUNCTION").arg("DELETE").arg(library_name);
        })
    }

    /// `FUNCTION DUMP`, since 7.0.0.
    fn function_dump(self) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("FUNCTION").arg("DUMP");
        })
    }

    /// `FUNCTION FLUSH`, since 7.0.0.
    fn function_flush(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FUNCTION").arg("FLUSH");
        })
    }

    /// `FUNCTION FLUSH [ASYNC | SYNC]`, since 7.0.0.
    fn function_flush_with(self, options: FunctionFlushOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FUNCTION").arg("FLUSH");
            options.write_0(w);
        })
    }

    /// `FUNCTION HELP`, since 7.0.0.
    fn function_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("FUNCTION").arg("HELP");
        })
    }

    /// `FUNCTION KILL`, since 7.0.0.
    fn function_kill(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FUNCTION").arg("KILL");
        })
    }

    /// `FUNCTION LIST`, since 7.0.0.
    fn function_list(self) -> Self::Out<Vec<FunctionListEntry>> {
        self.run(|w| {
            w.arg("FUNCTION").arg("LIST");
        })
    }

    /// `FUNCTION LIST [LIBRARYNAME library-name-pattern] [WITHCODE]`, since 7.0.0.
    fn function_list_with(self, options: FunctionListOptions) -> Self::Out<Vec<FunctionListEntry>> {
        self.run(|w| {
            w.arg("FUNCTION").arg("LIST");
            options.write_0(w);
        })
    }

    /// `FUNCTION LOAD function-code`, since 7.0.0.
    fn function_load(self, function_code: impl OneArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("FUNCTION").arg("LOAD").arg(function_code);
        })
    }

    /// `FUNCTION LOAD [REPLACE] function-code`, since 7.0.0.
    fn function_load_with(self, function_code: impl OneArg, options: FunctionLoadOptions) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("FUNCTION").arg("LOAD");
            options.write_0(w);
            w.arg(function_code);
        })
    }

    /// `FUNCTION RESTORE serialized-value`, since 7.0.0.
    fn function_restore(self, serialized_value: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FUNCTION").arg("RESTORE").arg(serialized_value);
        })
    }

    /// `FUNCTION RESTORE serialized-value [FLUSH | APPEND | REPLACE]`, since 7.0.0.
    fn function_restore_with(self, serialized_value: impl OneArg, options: FunctionRestoreOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("FUNCTION").arg("RESTORE").arg(serialized_value);
            options.write_0(w);
        })
    }

    /// `FUNCTION STATS`, since 7.0.0.
    fn function_stats(self) -> Self::ByNode<FunctionStats> {
        self.run_by_node(|w| {
            w.arg("FUNCTION").arg("STATS");
        })
    }

    /// `GEOADD key longitude latitude member [longitude latitude member ...]`, since 3.2.0.
    fn geoadd(self, key: impl OneArg, groups: impl Groups<3>) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEOADD").arg(key).arg(groups);
        })
    }

    /// `GEOADD key [NX | XX] [CH] longitude latitude member [longitude latitude member ...]`, since 3.2.0.
    fn geoadd_with(self, key: impl OneArg, groups: impl Groups<3>, options: GeoaddOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEOADD").arg(key);
            options.write_0(w);
            w.arg(groups);
        })
    }

    /// `GEODIST key member1 member2`, since 3.2.0.
    fn geodist(self, key: impl OneArg, member1: impl OneArg, member2: impl OneArg) -> Self::Out<Option<f64>> {
        self.run(|w| {
            w.arg("GEODIST").arg(key).arg(member1).arg(member2);
        })
    }

    /// `GEODIST key member1 member2 [unit]`, since 3.2.0.
    fn geodist_with(self, key: impl OneArg, member1: impl OneArg, member2: impl OneArg, unit: GeoUnit) -> Self::Out<Option<f64>> {
        self.run(|w| {
            w.arg("GEODIST").arg(key).arg(member1).arg(member2).arg(unit);
        })
    }

    /// `GEOHASH key [member [member ...]]`, since 3.2.0.
    fn geohash(self, key: impl OneArg, members: impl ToArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("GEOHASH").arg(key).arg(members);
        })
    }

    /// `GEOPOS key [member [member ...]]`, since 3.2.0.
    fn geopos(self, key: impl OneArg, members: impl ToArg) -> Self::Out<Vec<Option<(f64, f64)>>> {
        self.run(|w| {
            w.arg("GEOPOS").arg(key).arg(members);
        })
    }

    /// `GEORADIUS key longitude latitude radius <m | km | ft | mi>`, since 3.2.0.
    fn georadius(self, key: impl OneArg, longitude: impl NumberArg, latitude: impl NumberArg, radius: impl NumberArg, geounit: GeoUnit) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("GEORADIUS").arg(key).arg(longitude).arg(latitude).arg(radius).arg(geounit);
        })
    }

    /// `GEORADIUS key longitude latitude radius <m | km | ft | mi> [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]`, since 3.2.0.
    fn georadius_with(self, key: impl OneArg, longitude: impl NumberArg, latitude: impl NumberArg, radius: impl NumberArg, geounit: GeoUnit, options: GeoradiusOptions) -> Self::Out<Vec<GeoMatch>> {
        self.run(|w| {
            w.arg("GEORADIUS").arg(key).arg(longitude).arg(latitude).arg(radius).arg(geounit);
            options.write_0(w);
        })
    }

    /// `GEORADIUS key longitude latitude radius <m | km | ft | mi> STORE storekey`, since 3.2.0.
    fn georadius_store(self, key: impl OneArg, longitude: impl NumberArg, latitude: impl NumberArg, radius: impl NumberArg, geounit: GeoUnit, storekey: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEORADIUS").arg(key).arg(longitude).arg(latitude).arg(radius).arg(geounit).arg("STORE").arg(storekey);
        })
    }

    /// `GEORADIUS key longitude latitude radius <m | km | ft | mi> [COUNT count [ANY]] [ASC | DESC] STORE storekey`, since 3.2.0.
    fn georadius_store_with(self, key: impl OneArg, longitude: impl NumberArg, latitude: impl NumberArg, radius: impl NumberArg, geounit: GeoUnit, storekey: impl OneArg, options: GeoradiusStoreOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEORADIUS").arg(key).arg(longitude).arg(latitude).arg(radius).arg(geounit);
            options.write_0(w);
            w.arg("STORE").arg(storekey);
        })
    }

    /// `GEORADIUS key longitude latitude radius <m | km | ft | mi> STOREDIST storedistkey`, since 3.2.0.
    fn georadius_storedist(self, key: impl OneArg, longitude: impl NumberArg, latitude: impl NumberArg, radius: impl NumberArg, geounit: GeoUnit, storedistkey: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEORADIUS").arg(key).arg(longitude).arg(latitude).arg(radius).arg(geounit).arg("STOREDIST").arg(storedistkey);
        })
    }

    /// `GEORADIUS key longitude latitude radius <m | km | ft | mi> [COUNT count [ANY]] [ASC | DESC] STOREDIST storedistkey`, since 3.2.0.
    fn georadius_storedist_with(self, key: impl OneArg, longitude: impl NumberArg, latitude: impl NumberArg, radius: impl NumberArg, geounit: GeoUnit, storedistkey: impl OneArg, options: GeoradiusStoreOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEORADIUS").arg(key).arg(longitude).arg(latitude).arg(radius).arg(geounit);
            options.write_0(w);
            w.arg("STOREDIST").arg(storedistkey);
        })
    }

    /// `GEORADIUSBYMEMBER key member radius <m | km | ft | mi>`, since 3.2.0.
    fn georadiusbymember(self, key: impl OneArg, member: impl OneArg, radius: impl NumberArg, geounit: GeoUnit) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("GEORADIUSBYMEMBER").arg(key).arg(member).arg(radius).arg(geounit);
        })
    }

    /// `GEORADIUSBYMEMBER key member radius <m | km | ft | mi> [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]`, since 3.2.0.
    fn georadiusbymember_with(self, key: impl OneArg, member: impl OneArg, radius: impl NumberArg, geounit: GeoUnit, options: GeoradiusbymemberOptions) -> Self::Out<Vec<GeoMatch>> {
        self.run(|w| {
            w.arg("GEORADIUSBYMEMBER").arg(key).arg(member).arg(radius).arg(geounit);
            options.write_0(w);
        })
    }

    /// `GEORADIUSBYMEMBER key member radius <m | km | ft | mi> STORE storekey`, since 3.2.0.
    fn georadiusbymember_store(self, key: impl OneArg, member: impl OneArg, radius: impl NumberArg, geounit: GeoUnit, storekey: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEORADIUSBYMEMBER").arg(key).arg(member).arg(radius).arg(geounit).arg("STORE").arg(storekey);
        })
    }

    /// `GEORADIUSBYMEMBER key member radius <m | km | ft | mi> [COUNT count [ANY]] [ASC | DESC] STORE storekey`, since 3.2.0.
    fn georadiusbymember_store_with(self, key: impl OneArg, member: impl OneArg, radius: impl NumberArg, geounit: GeoUnit, storekey: impl OneArg, options: GeoradiusbymemberStoreOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEORADIUSBYMEMBER").arg(key).arg(member).arg(radius).arg(geounit);
            options.write_0(w);
            w.arg("STORE").arg(storekey);
        })
    }

    /// `GEORADIUSBYMEMBER key member radius <m | km | ft | mi> STOREDIST storedistkey`, since 3.2.0.
    fn georadiusbymember_storedist(self, key: impl OneArg, member: impl OneArg, radius: impl NumberArg, geounit: GeoUnit, storedistkey: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEORADIUSBYMEMBER").arg(key).arg(member).arg(radius).arg(geounit).arg("STOREDIST").arg(storedistkey);
        })
    }

    /// `GEORADIUSBYMEMBER key member radius <m | km | ft | mi> [COUNT count [ANY]] [ASC | DESC] STOREDIST storedistkey`, since 3.2.0.
    fn georadiusbymember_storedist_with(self, key: impl OneArg, member: impl OneArg, radius: impl NumberArg, geounit: GeoUnit, storedistkey: impl OneArg, options: GeoradiusbymemberStoreOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEORADIUSBYMEMBER").arg(key).arg(member).arg(radius).arg(geounit);
            options.write_0(w);
            w.arg("STOREDIST").arg(storedistkey);
        })
    }

    /// `GEORADIUSBYMEMBER_RO key member radius <m | km | ft | mi>`, since 3.2.10.
    fn georadiusbymember_ro(self, key: impl OneArg, member: impl OneArg, radius: impl NumberArg, geounit: GeoUnit) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("GEORADIUSBYMEMBER_RO").arg(key).arg(member).arg(radius).arg(geounit);
        })
    }

    /// `GEORADIUSBYMEMBER_RO key member radius <m | km | ft | mi> [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]`, since 3.2.10.
    fn georadiusbymember_ro_with(self, key: impl OneArg, member: impl OneArg, radius: impl NumberArg, geounit: GeoUnit, options: GeoradiusbymemberRoOptions) -> Self::Out<Vec<GeoMatch>> {
        self.run(|w| {
            w.arg("GEORADIUSBYMEMBER_RO").arg(key).arg(member).arg(radius).arg(geounit);
            options.write_0(w);
        })
    }

    /// `GEORADIUS_RO key longitude latitude radius <m | km | ft | mi>`, since 3.2.10.
    fn georadius_ro(self, key: impl OneArg, longitude: impl NumberArg, latitude: impl NumberArg, radius: impl NumberArg, geounit: GeoUnit) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("GEORADIUS_RO").arg(key).arg(longitude).arg(latitude).arg(radius).arg(geounit);
        })
    }

    /// `GEORADIUS_RO key longitude latitude radius <m | km | ft | mi> [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]`, since 3.2.10.
    fn georadius_ro_with(self, key: impl OneArg, longitude: impl NumberArg, latitude: impl NumberArg, radius: impl NumberArg, geounit: GeoUnit, options: GeoradiusRoOptions) -> Self::Out<Vec<GeoMatch>> {
        self.run(|w| {
            w.arg("GEORADIUS_RO").arg(key).arg(longitude).arg(latitude).arg(radius).arg(geounit);
            options.write_0(w);
        })
    }

    /// `GEOSEARCH key from by`, since 6.2.0.
    fn geosearch(self, key: impl OneArg, from: GeoOrigin, by: GeoShape) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("GEOSEARCH").arg(key).arg(from).arg(by);
        })
    }

    /// `GEOSEARCH key from by [ASC | DESC] [COUNT count [ANY]] [WITHCOORD] [WITHDIST] [WITHHASH]`, since 6.2.0.
    fn geosearch_with(self, key: impl OneArg, from: GeoOrigin, by: GeoShape, options: GeosearchOptions) -> Self::Out<Vec<GeoMatch>> {
        self.run(|w| {
            w.arg("GEOSEARCH").arg(key).arg(from).arg(by);
            options.write_0(w);
        })
    }

    /// `GEOSEARCHSTORE destination source from by`, since 6.2.0.
    fn geosearchstore(self, destination: impl OneArg, source: impl OneArg, from: GeoOrigin, by: GeoShape) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEOSEARCHSTORE").arg(destination).arg(source).arg(from).arg(by);
        })
    }

    /// `GEOSEARCHSTORE destination source from by [ASC | DESC] [COUNT count [ANY]] [STOREDIST]`, since 6.2.0.
    fn geosearchstore_with(self, destination: impl OneArg, source: impl OneArg, from: GeoOrigin, by: GeoShape, options: GeosearchstoreOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("GEOSEARCHSTORE").arg(destination).arg(source).arg(from).arg(by);
            options.write_0(w);
        })
    }

    /// `GET key`, since 1.0.0.
    fn get(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("GET").arg(key);
        })
    }

    /// `GETBIT key offset`, since 2.2.0.
    fn getbit(self, key: impl OneArg, offset: impl IntegerArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("GETBIT").arg(key).arg(offset);
        })
    }

    /// `GETDEL key`, since 6.2.0.
    fn getdel(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("GETDEL").arg(key);
        })
    }

    /// `GETEX key`, since 6.2.0.
    fn getex(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("GETEX").arg(key);
        })
    }

    /// `GETEX key [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST]`, since 6.2.0.
    fn getex_with(self, key: impl OneArg, options: GetexOptions) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("GETEX").arg(key);
            options.write_0(w);
        })
    }

    /// `GETRANGE key start end`, since 2.4.0.
    fn getrange(self, key: impl OneArg, start: impl IntegerArg, end: impl IntegerArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("GETRANGE").arg(key).arg(start).arg(end);
        })
    }

    /// `GETSET key value`, since 1.0.0.
    fn getset(self, key: impl OneArg, value: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("GETSET").arg(key).arg(value);
        })
    }

    /// `HDEL key field [field ...]`, since 2.0.0.
    fn hdel(self, key: impl OneArg, fields: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("HDEL").arg(key).arg(fields);
        })
    }

    /// `HEXISTS key field`, since 2.0.0.
    fn hexists(self, key: impl OneArg, field: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("HEXISTS").arg(key).arg(field);
        })
    }

    /// `HEXPIRE key seconds FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hexpire(self, key: impl OneArg, seconds: impl IntegerArg, fields: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HEXPIRE").arg(key).arg(seconds).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HEXPIRE key seconds [NX | XX | GT | LT] FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hexpire_with(self, key: impl OneArg, seconds: impl IntegerArg, fields: impl ToArg, options: HexpireOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HEXPIRE").arg(key).arg(seconds);
            options.write_0(w);
            w.arg("FIELDS").counted(1, fields);
        })
    }

    /// `HEXPIREAT key unix-time-seconds FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hexpireat(self, key: impl OneArg, unix_time_seconds: impl IntegerArg, fields: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HEXPIREAT").arg(key).arg(unix_time_seconds).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HEXPIREAT key unix-time-seconds [NX | XX | GT | LT] FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hexpireat_with(self, key: impl OneArg, unix_time_seconds: impl IntegerArg, fields: impl ToArg, options: HexpireatOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HEXPIREAT").arg(key).arg(unix_time_seconds);
            options.write_0(w);
            w.arg("FIELDS").counted(1, fields);
        })
    }

    /// `HEXPIRETIME key FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hexpiretime(self, key: impl OneArg, fields: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HEXPIRETIME").arg(key).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HGET key field`, since 2.0.0.
    fn hget(self, key: impl OneArg, field: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("HGET").arg(key).arg(field);
        })
    }

    /// `HGETALL key`, since 2.0.0.
    fn hgetall(self, key: impl OneArg) -> Self::Out<BTreeMap<Bytes, Bytes>> {
        self.run(|w| {
            w.arg("HGETALL").arg(key);
        })
    }

    /// `HGETDEL key FIELDS numfields field [field ...]`, since redis-8.0.0.
    fn hgetdel(self, key: impl OneArg, fields: impl ToArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("HGETDEL").arg(key).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HGETEX key FIELDS numfields field [field ...]`, since redis-8.0.0.
    fn hgetex(self, key: impl OneArg, fields: impl ToArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("HGETEX").arg(key).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HGETEX key [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST] FIELDS numfields field [field ...]`, since redis-8.0.0.
    fn hgetex_with(self, key: impl OneArg, fields: impl ToArg, options: HgetexOptions) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("HGETEX").arg(key);
            options.write_0(w);
            w.arg("FIELDS").counted(1, fields);
        })
    }

    /// `HIMPORT DISCARD fieldset-name`, since redis-8.10.0.
    fn himport_discard(self, fieldset_name: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("HIMPORT").arg("DISCARD").arg(fieldset_name);
        })
    }

    /// `HIMPORT DISCARDALL`, since redis-8.10.0.
    fn himport_discardall(self) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("HIMPORT").arg("DISCARDALL");
        })
    }

    /// `HIMPORT PREPARE fieldset-name field [field ...]`, since redis-8.10.0.
    fn himport_prepare(self, fieldset_name: impl OneArg, fields: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("HIMPORT").arg("PREPARE").arg(fieldset_name).arg(fields);
        })
    }

    /// `HIMPORT SET key fieldset-name value [value ...]`, since redis-8.10.0.
    fn himport_set(self, key: impl OneArg, fieldset_name: impl OneArg, values: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("HIMPORT").arg("SET").arg(key).arg(fieldset_name).arg(values);
        })
    }

    /// `HINCRBY key field increment`, since 2.0.0.
    fn hincrby(self, key: impl OneArg, field: impl OneArg, increment: impl IntegerArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("HINCRBY").arg(key).arg(field).arg(increment);
        })
    }

    /// `HINCRBYFLOAT key field increment`, since 2.6.0.
    fn hincrbyfloat(self, key: impl OneArg, field: impl OneArg, increment: impl NumberArg) -> Self::Out<f64> {
        self.run(|w| {
            w.arg("HINCRBYFLOAT").arg(key).arg(field).arg(increment);
        })
    }

    /// `HKEYS key`, since 2.0.0.
    fn hkeys(self, key: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("HKEYS").arg(key);
        })
    }

    /// `HLEN key`, since 2.0.0.
    fn hlen(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("HLEN").arg(key);
        })
    }

    /// `HMGET key field [field ...]`, since 2.0.0.
    fn hmget(self, key: impl OneArg, fields: impl ToArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("HMGET").arg(key).arg(fields);
        })
    }

    /// `HMSET key field value [field value ...]`, since 2.0.0.
    fn hmset(self, key: impl OneArg, pairs: impl Groups<2>) -> Self::Out<()> {
        self.run(|w| {
            w.arg("HMSET").arg(key).arg(pairs);
        })
    }

    /// `HOTKEYS GET`, since redis-8.6.0.
    fn hotkeys_get(self) -> Self::ByNode<Option<Vec<BTreeMap<Bytes, Value>>>> {
        self.run_by_node(|w| {
            w.arg("HOTKEYS").arg("GET");
        })
    }

    /// `HOTKEYS HELP`, since redis-8.6.1.
    fn hotkeys_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("HOTKEYS").arg("HELP");
        })
    }

    /// `HOTKEYS RESET`, since redis-8.6.0.
    fn hotkeys_reset(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("HOTKEYS").arg("RESET");
        })
    }

    /// `HOTKEYS START METRICS count metric [metric ...]`, since redis-8.6.0.
    fn hotkeys_start(self, metrics: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("HOTKEYS").arg("START").arg("METRICS").counted(1, metrics);
        })
    }

    /// `HOTKEYS START METRICS count metric [metric ...] [COUNT k] [DURATION seconds] [SAMPLE ratio] [SLOTS count slot [slot ...]]`, since redis-8.6.0.
    fn hotkeys_start_with(self, metrics: impl ToArg, options: HotkeysStartOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("HOTKEYS").arg("START").arg("METRICS").counted(1, metrics);
            options.write_0(w);
        })
    }

    /// `HOTKEYS STOP`, since redis-8.6.0.
    fn hotkeys_stop(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("HOTKEYS").arg("STOP");
        })
    }

    /// `HPERSIST key FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hpersist(self, key: impl OneArg, fields: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HPERSIST").arg(key).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HPEXPIRE key milliseconds FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hpexpire(self, key: impl OneArg, milliseconds: impl IntegerArg, fields: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HPEXPIRE").arg(key).arg(milliseconds).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HPEXPIRE key milliseconds [NX | XX | GT | LT] FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hpexpire_with(self, key: impl OneArg, milliseconds: impl IntegerArg, fields: impl ToArg, options: HpexpireOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HPEXPIRE").arg(key).arg(milliseconds);
            options.write_0(w);
            w.arg("FIELDS").counted(1, fields);
        })
    }

    /// `HPEXPIREAT key unix-time-milliseconds FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hpexpireat(self, key: impl OneArg, unix_time_milliseconds: impl IntegerArg, fields: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HPEXPIREAT").arg(key).arg(unix_time_milliseconds).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HPEXPIREAT key unix-time-milliseconds [NX | XX | GT | LT] FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hpexpireat_with(self, key: impl OneArg, unix_time_milliseconds: impl IntegerArg, fields: impl ToArg, options: HpexpireatOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HPEXPIREAT").arg(key).arg(unix_time_milliseconds);
            options.write_0(w);
            w.arg("FIELDS").counted(1, fields);
        })
    }

    /// `HPEXPIRETIME key FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hpexpiretime(self, key: impl OneArg, fields: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HPEXPIRETIME").arg(key).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HPTTL key FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn hpttl(self, key: impl OneArg, fields: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HPTTL").arg(key).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HRANDFIELD key`, since 6.2.0.
    fn hrandfield(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("HRANDFIELD").arg(key);
        })
    }

    /// `HRANDFIELD key count`, since 6.2.0.
    fn hrandfield_count(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("HRANDFIELD").arg(key).arg(count);
        })
    }

    /// `HRANDFIELD key count WITHVALUES`, since 6.2.0.
    fn hrandfield_withvalues(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<(Bytes, Bytes)>> {
        self.run(|w| {
            w.arg("HRANDFIELD").arg(key).arg(count).arg("WITHVALUES");
        })
    }

    /// `HSCAN key cursor`, since 2.8.0.
    fn hscan(self, key: impl OneArg, cursor: impl IntegerArg) -> Self::Out<ScanPage<(Bytes, Bytes)>> {
        self.run(|w| {
            w.arg("HSCAN").arg(key).arg(cursor);
        })
    }

    /// `HSCAN key cursor [MATCH pattern] [COUNT count]`, since 2.8.0.
    fn hscan_with(self, key: impl OneArg, cursor: impl IntegerArg, options: HscanOptions) -> Self::Out<ScanPage<(Bytes, Bytes)>> {
        self.run(|w| {
            w.arg("HSCAN").arg(key).arg(cursor);
            options.write_0(w);
        })
    }

    /// `HSCAN key cursor NOVALUES`, since 2.8.0.
    fn hscan_novalues(self, key: impl OneArg, cursor: impl IntegerArg) -> Self::Out<ScanPage<Bytes>> {
        self.run(|w| {
            w.arg("HSCAN").arg(key).arg(cursor).arg("NOVALUES");
        })
    }

    /// `HSCAN key cursor [MATCH pattern] [COUNT count] NOVALUES`, since 2.8.0.
    fn hscan_novalues_with(self, key: impl OneArg, cursor: impl IntegerArg, options: HscanOptions) -> Self::Out<ScanPage<Bytes>> {
        self.run(|w| {
            w.arg("HSCAN").arg(key).arg(cursor);
            options.write_0(w);
            w.arg("NOVALUES");
        })
    }

    /// `HSET key field value [field value ...]`, since 2.0.0.
    fn hset(self, key: impl OneArg, pairs: impl Groups<2>) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("HSET").arg(key).arg(pairs);
        })
    }

    /// `HSETEX key FIELDS numfields field value [field value ...]`, since redis-8.0.0.
    fn hsetex(self, key: impl OneArg, pairs: impl Groups<2>) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("HSETEX").arg(key).arg("FIELDS").counted(2, pairs);
        })
    }

    /// `HSETEX key [FNX | FXX] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL] FIELDS numfields field value [field value ...]`, since redis-8.0.0.
    fn hsetex_with(self, key: impl OneArg, pairs: impl Groups<2>, options: HsetexOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("HSETEX").arg(key);
            options.write_0(w);
            w.arg("FIELDS").counted(2, pairs);
        })
    }

    /// `HSETNX key field value`, since 2.0.0.
    fn hsetnx(self, key: impl OneArg, field: impl OneArg, value: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("HSETNX").arg(key).arg(field).arg(value);
        })
    }

    /// `HSTRLEN key field`, since 3.2.0.
    fn hstrlen(self, key: impl OneArg, field: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("HSTRLEN").arg(key).arg(field);
        })
    }

    /// `HTTL key FIELDS numfields field [field ...]`, since redis-7.4.0.
    fn httl(self, key: impl OneArg, fields: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("HTTL").arg(key).arg("FIELDS").counted(1, fields);
        })
    }

    /// `HVALS key`, since 2.0.0.
    fn hvals(self, key: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("HVALS").arg(key);
        })
    }

    /// `INCR key`, since 1.0.0.
    fn incr(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("INCR").arg(key);
        })
    }

    /// `INCRBY key increment`, since 1.0.0.
    fn incrby(self, key: impl OneArg, increment: impl IntegerArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("INCRBY").arg(key).arg(increment);
        })
    }

    /// `INCRBYFLOAT key increment`, since 2.6.0.
    fn incrbyfloat(self, key: impl OneArg, increment: impl NumberArg) -> Self::Out<f64> {
        self.run(|w| {
            w.arg("INCRBYFLOAT").arg(key).arg(increment);
        })
    }

    /// `INCREX key`, since redis-8.8.0.
    fn increx(self, key: impl OneArg) -> Self::Out<(i64, i64)> {
        self.run(|w| {
            w.arg("INCREX").arg(key);
        })
    }

    /// `INCREX key [BYFLOAT float | BYINT integer] [SATURATE] [LBOUND lowerbound] [UBOUND upperbound] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST] [ENX]`, since redis-8.8.0.
    fn increx_with(self, key: impl OneArg, options: IncrexOptions) -> Self::Out<(f64, f64)> {
        self.run(|w| {
            w.arg("INCREX").arg(key);
            options.write_0(w);
        })
    }

    /// `INFO`, since 1.0.0.
    fn info(self) -> Self::ByNode<Info> {
        self.run_by_node(|w| {
            w.arg("INFO");
        })
    }

    /// `INFO [section [section ...]]`, since 1.0.0.
    fn info_with(self, sections: impl ToArg) -> Self::ByNode<Info> {
        self.run_by_node(|w| {
            w.arg("INFO").arg(sections);
        })
    }

    /// `JSON.ARRAPPEND key path value [value ...]`, since json-1.0.0.
    fn json_arrappend(self, key: impl OneArg, path: impl OneArg, values: impl ToArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.ARRAPPEND").arg(key).arg(path).arg(values);
        })
    }

    /// `JSON.ARRINDEX key path value`, since json-1.0.0.
    fn json_arrindex(self, key: impl OneArg, path: impl OneArg, value: impl OneArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.ARRINDEX").arg(key).arg(path).arg(value);
        })
    }

    /// `JSON.ARRINDEX key path value [start [stop]]`, since json-1.0.0.
    fn json_arrindex_with(self, key: impl OneArg, path: impl OneArg, value: impl OneArg, start: impl IntegerArg, stop: impl IntegerArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.ARRINDEX").arg(key).arg(path).arg(value).arg(start).arg(stop);
        })
    }

    /// `JSON.ARRINSERT key path index value [value ...]`, since json-1.0.0.
    fn json_arrinsert(self, key: impl OneArg, path: impl OneArg, index: impl IntegerArg, values: impl ToArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.ARRINSERT").arg(key).arg(path).arg(index).arg(values);
        })
    }

    /// `JSON.ARRLEN key`, since json-1.0.0.
    fn json_arrlen(self, key: impl OneArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.ARRLEN").arg(key);
        })
    }

    /// `JSON.ARRLEN key [path]`, since json-1.0.0.
    fn json_arrlen_with(self, key: impl OneArg, path: impl OneArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.ARRLEN").arg(key).arg(path);
        })
    }

    /// `JSON.ARRPOP key`, since json-1.0.0.
    fn json_arrpop(self, key: impl OneArg) -> Self::Out<OneOrMany<Option<Bytes>>> {
        self.run(|w| {
            w.arg("JSON.ARRPOP").arg(key);
        })
    }

    /// `JSON.ARRPOP key [path [index]]`, since json-1.0.0.
    fn json_arrpop_with(self, key: impl OneArg, path: impl OneArg, index: impl IntegerArg) -> Self::Out<OneOrMany<Option<Bytes>>> {
        self.run(|w| {
            w.arg("JSON.ARRPOP").arg(key).arg(path).arg(index);
        })
    }

    /// `JSON.ARRTRIM key path start stop`, since json-1.0.0.
    fn json_arrtrim(self, key: impl OneArg, path: impl OneArg, start: impl IntegerArg, stop: impl IntegerArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.ARRTRIM").arg(key).arg(path).arg(start).arg(stop);
        })
    }

    /// `JSON.CLEAR key`, since json-2.0.0.
    fn json_clear(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("JSON.CLEAR").arg(key);
        })
    }

    /// `JSON.CLEAR key [path]`, since json-2.0.0.
    fn json_clear_with(self, key: impl OneArg, path: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("JSON.CLEAR").arg(key).arg(path);
        })
    }

    /// `JSON.DEBUG HELP`, since json-1.0.0.
    fn json_debug_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("JSON.DEBUG").arg("HELP");
        })
    }

    /// `JSON.DEBUG MEMORY key`, since json-1.0.0.
    fn json_debug_memory(self, key: impl OneArg) -> Self::Out<OneOrMany<i64>> {
        self.run(|w| {
            w.arg("JSON.DEBUG").arg("MEMORY").arg(key);
        })
    }

    /// `JSON.DEBUG MEMORY key [path]`, since json-1.0.0.
    fn json_debug_memory_with(self, key: impl OneArg, path: impl OneArg) -> Self::Out<OneOrMany<i64>> {
        self.run(|w| {
            w.arg("JSON.DEBUG").arg("MEMORY").arg(key).arg(path);
        })
    }

    /// `JSON.DEL key`, since json-1.0.0.
    fn json_del(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("JSON.DEL").arg(key);
        })
    }

    /// `JSON.DEL key [path]`, since json-1.0.0.
    fn json_del_with(self, key: impl OneArg, path: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("JSON.DEL").arg(key).arg(path);
        })
    }

    /// `JSON.FORGET key`, since json-1.0.0.
    fn json_forget(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("JSON.FORGET").arg(key);
        })
    }

    /// `JSON.FORGET key [path]`, since json-1.0.0.
    fn json_forget_with(self, key: impl OneArg, path: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("JSON.FORGET").arg(key).arg(path);
        })
    }

    /// `JSON.GET key`, since json-1.0.0.
    fn json_get(self, key: impl OneArg, paths: impl ToArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("JSON.GET").arg(key).arg(paths);
        })
    }

    /// `JSON.GET key [INDENT indent] [NEWLINE newline] [SPACE space] [path [path ...]]`, since json-1.0.0.
    fn json_get_with(self, key: impl OneArg, paths: impl ToArg, options: JsonGetOptions) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("JSON.GET").arg(key);
            options.write_0(w);
            w.arg(paths);
        })
    }

    /// `JSON.MERGE key path value`, since json-2.6.0.
    fn json_merge(self, key: impl OneArg, path: impl OneArg, value: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("JSON.MERGE").arg(key).arg(path).arg(value);
        })
    }

    /// `JSON.MGET key [key ...] path`, since json-1.0.0.
    fn json_mget(self, keys: impl ToArg, path: impl OneArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("JSON.MGET").arg(keys).arg(path);
        })
    }

    /// `JSON.MSET key path value [key path value ...]`, since json-2.6.0.
    fn json_mset(self, groups: impl Groups<3>) -> Self::Out<()> {
        self.run(|w| {
            w.arg("JSON.MSET").arg(groups);
        })
    }

    /// `JSON.NUMINCRBY key path value`, since json-1.0.0.
    fn json_numincrby(self, key: impl OneArg, path: impl OneArg, value: impl NumberArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("JSON.NUMINCRBY").arg(key).arg(path).arg(value);
        })
    }

    /// `JSON.NUMMULTBY key path value`, since json-1.0.0.
    fn json_nummultby(self, key: impl OneArg, path: impl OneArg, value: impl NumberArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("JSON.NUMMULTBY").arg(key).arg(path).arg(value);
        })
    }

    /// `JSON.NUMPOWBY key path value`, since json-8.8.0.
    fn json_numpowby(self, key: impl OneArg, path: impl OneArg, value: impl NumberArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("JSON.NUMPOWBY").arg(key).arg(path).arg(value);
        })
    }

    /// `JSON.OBJKEYS key`, since json-1.0.0.
    fn json_objkeys(self, key: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("JSON.OBJKEYS").arg(key);
        })
    }

    /// `JSON.OBJKEYS key [path]`, since json-1.0.0.
    fn json_objkeys_with(self, key: impl OneArg, path: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("JSON.OBJKEYS").arg(key).arg(path);
        })
    }

    /// `JSON.OBJLEN key`, since json-1.0.0.
    fn json_objlen(self, key: impl OneArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.OBJLEN").arg(key);
        })
    }

    /// `JSON.OBJLEN key [path]`, since json-1.0.0.
    fn json_objlen_with(self, key: impl OneArg, path: impl OneArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.OBJLEN").arg(key).arg(path);
        })
    }

    /// `JSON.RESP key`, since json-1.0.0.
    fn json_resp(self, key: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("JSON.RESP").arg(key);
        })
    }

    /// `JSON.RESP key [path]`, since json-1.0.0.
    fn json_resp_with(self, key: impl OneArg, path: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("JSON.RESP").arg(key).arg(path);
        })
    }

    /// `JSON.SET key path value`, since json-1.0.0.
    fn json_set(self, key: impl OneArg, path: impl OneArg, value: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("JSON.SET").arg(key).arg(path).arg(value);
        })
    }

    /// `JSON.SET key path value [NX | XX] [FPHA <FP16 | BF16 | FP32 | FP64>]`, since json-1.0.0.
    fn json_set_with(self, key: impl OneArg, path: impl OneArg, value: impl OneArg, options: JsonSetOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("JSON.SET").arg(key).arg(path).arg(value);
            options.write_0(w);
        })
    }

    /// `JSON.STRAPPEND key value`, since json-1.0.0.
    fn json_strappend(self, key: impl OneArg, value: impl OneArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.STRAPPEND").arg(key).arg(value);
        })
    }

    /// `JSON.STRAPPEND key [path] value`, since json-1.0.0.
    fn json_strappend_with(self, key: impl OneArg, path: impl OneArg, value: impl OneArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.STRAPPEND").arg(key).arg(path).arg(value);
        })
    }

    /// `JSON.STRLEN key`, since json-1.0.0.
    fn json_strlen(self, key: impl OneArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.STRLEN").arg(key);
        })
    }

    /// `JSON.STRLEN key [path]`, since json-1.0.0.
    fn json_strlen_with(self, key: impl OneArg, path: impl OneArg) -> Self::Out<OneOrMany<Option<i64>>> {
        self.run(|w| {
            w.arg("JSON.STRLEN").arg(key).arg(path);
        })
    }

    /// `JSON.TOGGLE key path`, since json-2.0.0.
    fn json_toggle(self, key: impl OneArg, path: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("JSON.TOGGLE").arg(key).arg(path);
        })
    }

    /// `JSON.TYPE key`, since json-1.0.0.
    fn json_type(self, key: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("JSON.TYPE").arg(key);
        })
    }

    /// `JSON.TYPE key [path]`, since json-1.0.0.
    fn json_type_with(self, key: impl OneArg, path: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("JSON.TYPE").arg(key).arg(path);
        })
    }

    /// `KEYS pattern`, since 1.0.0.
    fn keys(self, pattern: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("KEYS").arg(pattern);
        })
    }

    /// `LASTSAVE`, since 1.0.0.
    fn lastsave(self) -> Self::ByNode<i64> {
        self.run_by_node(|w| {
            w.arg("LASTSAVE");
        })
    }

    /// `LATENCY DOCTOR`, since 2.8.13.
    fn latency_doctor(self) -> Self::ByNode<Bytes> {
        self.run_by_node(|w| {
            w.arg("LATENCY").arg("DOCTOR");
        })
    }

    /// `LATENCY GRAPH event`, since 2.8.13.
    fn latency_graph(self, event: impl OneArg) -> Self::ByNode<Bytes> {
        self.run_by_node(|w| {
            w.arg("LATENCY").arg("GRAPH").arg(event);
        })
    }

    /// `LATENCY HELP`, since 2.8.13.
    fn latency_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("LATENCY").arg("HELP");
        })
    }

    /// `LATENCY HISTOGRAM`, since 7.0.0.
    fn latency_histogram(self) -> Self::ByNode<BTreeMap<Bytes, LatencyHistogramEntry>> {
        self.run_by_node(|w| {
            w.arg("LATENCY").arg("HISTOGRAM");
        })
    }

    /// `LATENCY HISTOGRAM [COMMAND [COMMAND ...]]`, since 7.0.0.
    fn latency_histogram_with(self, commands: impl ToArg) -> Self::ByNode<BTreeMap<Bytes, LatencyHistogramEntry>> {
        self.run_by_node(|w| {
            w.arg("LATENCY").arg("HISTOGRAM").arg(commands);
        })
    }

    /// `LATENCY HISTORY event`, since 2.8.13.
    fn latency_history(self, event: impl OneArg) -> Self::ByNode<Vec<(i64, i64)>> {
        self.run_by_node(|w| {
            w.arg("LATENCY").arg("HISTORY").arg(event);
        })
    }

    /// `LATENCY LATEST`, since 2.8.13.
    fn latency_latest(self) -> Self::ByNode<Vec<(Bytes, i64, i64, i64)>> {
        self.run_by_node(|w| {
            w.arg("LATENCY").arg("LATEST");
        })
    }

    /// `LATENCY RESET`, since 2.8.13.
    fn latency_reset(self) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("LATENCY").arg("RESET");
        })
    }

    /// `LATENCY RESET [event [event ...]]`, since 2.8.13.
    fn latency_reset_with(self, events: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("LATENCY").arg("RESET").arg(events);
        })
    }

    /// `LCS key1 key2`, since 7.0.0.
    fn lcs(self, key1: impl OneArg, key2: impl OneArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("LCS").arg(key1).arg(key2);
        })
    }

    /// `LCS key1 key2 IDX`, since 7.0.0.
    fn lcs_idx(self, key1: impl OneArg, key2: impl OneArg) -> Self::Out<LcsIdx> {
        self.run(|w| {
            w.arg("LCS").arg(key1).arg(key2).arg("IDX");
        })
    }

    /// `LCS key1 key2 IDX [MINMATCHLEN min-match-len] [WITHMATCHLEN]`, since 7.0.0.
    fn lcs_idx_with(self, key1: impl OneArg, key2: impl OneArg, options: LcsOptions) -> Self::Out<LcsIdx> {
        self.run(|w| {
            w.arg("LCS").arg(key1).arg(key2).arg("IDX");
            options.write_0(w);
        })
    }

    /// `LCS key1 key2 LEN`, since 7.0.0.
    fn lcs_len(self, key1: impl OneArg, key2: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("LCS").arg(key1).arg(key2).arg("LEN");
        })
    }

    /// `LINDEX key index`, since 1.0.0.
    fn lindex(self, key: impl OneArg, index: impl IntegerArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("LINDEX").arg(key).arg(index);
        })
    }

    /// `LINSERT key <BEFORE | AFTER> pivot element`, since 2.2.0.
    fn linsert(self, key: impl OneArg, where_: Where, pivot: impl OneArg, element: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("LINSERT").arg(key).arg(where_).arg(pivot).arg(element);
        })
    }

    /// `LLEN key`, since 1.0.0.
    fn llen(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("LLEN").arg(key);
        })
    }

    /// `LMOVE source destination from to`, since 6.2.0.
    fn lmove(self, source: impl OneArg, destination: impl OneArg, from: Side, to: Side) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("LMOVE").arg(source).arg(destination).arg(from).arg(to);
        })
    }

    /// `LMOVEM source destination from to`, since redis-8.10.0.
    fn lmovem(self, source: impl OneArg, destination: impl OneArg, from: Side, to: Side) -> Self::Out<Option<Vec<Bytes>>> {
        self.run(|w| {
            w.arg("LMOVEM").arg(source).arg(destination).arg(from).arg(to);
        })
    }

    /// `LMOVEM source destination from to COUNT count mode`, since redis-8.10.0.
    fn lmovem_count(self, source: impl OneArg, destination: impl OneArg, from: Side, to: Side, count: impl IntegerArg, mode: MoveMode) -> Self::Out<Option<Vec<Bytes>>> {
        self.run(|w| {
            w.arg("LMOVEM").arg(source).arg(destination).arg(from).arg(to).arg("COUNT").arg(count).arg(mode);
        })
    }

    /// `LMOVEM source destination from to EXACTLY count mode`, since redis-8.10.0.
    fn lmovem_exactly(self, source: impl OneArg, destination: impl OneArg, from: Side, to: Side, count: impl IntegerArg, mode: MoveMode) -> Self::Out<Option<Vec<Bytes>>> {
        self.run(|w| {
            w.arg("LMOVEM").arg(source).arg(destination).arg(from).arg(to).arg("EXACTLY").arg(count).arg(mode);
        })
    }

    /// `LMPOP numkeys key [key ...] <LEFT | RIGHT>`, since 7.0.0.
    fn lmpop(self, keys: impl ToArg, side: Side) -> Self::Out<Option<(Bytes, Vec<Bytes>)>> {
        self.run(|w| {
            w.arg("LMPOP").counted(1, keys).arg(side);
        })
    }

    /// `LMPOP numkeys key [key ...] <LEFT | RIGHT> [COUNT count]`, since 7.0.0.
    fn lmpop_with(self, keys: impl ToArg, side: Side, options: LmpopOptions) -> Self::Out<Option<(Bytes, Vec<Bytes>)>> {
        self.run(|w| {
            w.arg("LMPOP").counted(1, keys).arg(side);
            options.write_0(w);
        })
    }

    /// `LOLWUT`, since 5.0.0.
    fn lolwut(self) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("LOLWUT");
        })
    }

    /// `LOLWUT [VERSION version]`, since 5.0.0.
    fn lolwut_with(self, options: LolwutOptions) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("LOLWUT");
            options.write_0(w);
        })
    }

    /// `LPOP key`, since 1.0.0.
    fn lpop(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("LPOP").arg(key);
        })
    }

    /// `LPOP key count`, since 1.0.0.
    fn lpop_count(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Option<Vec<Bytes>>> {
        self.run(|w| {
            w.arg("LPOP").arg(key).arg(count);
        })
    }

    /// `LPOS key element`, since 6.0.6.
    fn lpos(self, key: impl OneArg, element: impl OneArg) -> Self::Out<Option<i64>> {
        self.run(|w| {
            w.arg("LPOS").arg(key).arg(element);
        })
    }

    /// `LPOS key element [RANK rank] [MAXLEN len]`, since 6.0.6.
    fn lpos_with(self, key: impl OneArg, element: impl OneArg, options: LposOptions) -> Self::Out<Option<i64>> {
        self.run(|w| {
            w.arg("LPOS").arg(key).arg(element);
            options.write_0(w);
        })
    }

    /// `LPOS key element COUNT num-matches`, since 6.0.6.
    fn lpos_count(self, key: impl OneArg, element: impl OneArg, num_matches: impl IntegerArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("LPOS").arg(key).arg(element).arg("COUNT").arg(num_matches);
        })
    }

    /// `LPOS key element COUNT num-matches [RANK rank] [MAXLEN len]`, since 6.0.6.
    fn lpos_count_with(self, key: impl OneArg, element: impl OneArg, num_matches: impl IntegerArg, options: LposOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("LPOS").arg(key).arg(element).arg("COUNT").arg(num_matches);
            options.write_0(w);
        })
    }

    /// `LPUSH key element [element ...]`, since 1.0.0.
    fn lpush(self, key: impl OneArg, elements: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("LPUSH").arg(key).arg(elements);
        })
    }

    /// `LPUSHX key element [element ...]`, since 2.2.0.
    fn lpushx(self, key: impl OneArg, elements: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("LPUSHX").arg(key).arg(elements);
        })
    }

    /// `LRANGE key start stop`, since 1.0.0.
    fn lrange(self, key: impl OneArg, start: impl IntegerArg, stop: impl IntegerArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("LRANGE").arg(key).arg(start).arg(stop);
        })
    }

    /// `LREM key count element`, since 1.0.0.
    fn lrem(self, key: impl OneArg, count: impl IntegerArg, element: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("LREM").arg(key).arg(count).arg(element);
        })
    }

    /// `LSET key index element`, since 1.0.0.
    fn lset(self, key: impl OneArg, index: impl IntegerArg, element: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("LSET").arg(key).arg(index).arg(element);
        })
    }

    /// `LTRIM key start stop`, since 1.0.0.
    fn ltrim(self, key: impl OneArg, start: impl IntegerArg, stop: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("LTRIM").arg(key).arg(start).arg(stop);
        })
    }

    /// `MEMORY DOCTOR`, since 4.0.0.
    fn memory_doctor(self) -> Self::ByNode<Bytes> {
        self.run_by_node(|w| {
            w.arg("MEMORY").arg("DOCTOR");
        })
    }

    /// `MEMORY HELP`, since 4.0.0.
    fn memory_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("MEMORY").arg("HELP");
        })
    }

    /// `MEMORY MALLOC-STATS`, since 4.0.0.
    fn memory_malloc_stats(self) -> Self::ByNode<Bytes> {
        self.run_by_node(|w| {
            w.arg("MEMORY").arg("MALLOC-STATS");
        })
    }

    /// `MEMORY PURGE`, since 4.0.0.
    fn memory_purge(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("MEMORY").arg("PURGE");
        })
    }

    /// `MEMORY STATS`, since 4.0.0.
    fn memory_stats(self) -> Self::ByNode<BTreeMap<Bytes, Value>> {
        self.run_by_node(|w| {
            w.arg("MEMORY").arg("STATS");
        })
    }

    /// `MEMORY USAGE key`, since 4.0.0.
    fn memory_usage(self, key: impl OneArg) -> Self::Out<Option<i64>> {
        self.run(|w| {
            w.arg("MEMORY").arg("USAGE").arg(key);
        })
    }

    /// `MEMORY USAGE key [SAMPLES count]`, since 4.0.0.
    fn memory_usage_with(self, key: impl OneArg, options: MemoryUsageOptions) -> Self::Out<Option<i64>> {
        self.run(|w| {
            w.arg("MEMORY").arg("USAGE").arg(key);
            options.write_0(w);
        })
    }

    /// `MGET key [key ...]`, since 1.0.0.
    fn mget(self, keys: impl ToArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("MGET").arg(keys);
        })
    }

    /// `MIGRATE host port <key | ""> destination-db timeout`, since 2.6.0.
    fn migrate(self, host: impl OneArg, port: impl IntegerArg, key: impl OneArg, destination_db: impl IntegerArg, timeout: impl IntegerArg) -> Self::Out<String> {
        self.run(|w| {
            w.arg("MIGRATE").arg(host).arg(port).arg(key).arg(destination_db).arg(timeout);
        })
    }

    /// `MIGRATE host port <key | ""> destination-db timeout [COPY] [REPLACE] [AUTH auth | AUTH2 username password] [KEYS keys [keys ...]]`, since 2.6.0.
    fn migrate_with(self, host: impl OneArg, port: impl IntegerArg, key: impl OneArg, destination_db: impl IntegerArg, timeout: impl IntegerArg, options: MigrateOptions) -> Self::Out<String> {
        self.run(|w| {
            w.arg("MIGRATE").arg(host).arg(port).arg(key).arg(destination_db).arg(timeout);
            options.write_0(w);
        })
    }

    /// `MODULE HELP`, since 5.0.0.
    fn module_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("MODULE").arg("HELP");
        })
    }

    /// `MODULE LIST`, since 4.0.0.
    fn module_list(self) -> Self::ByNode<Vec<ModuleListEntry>> {
        self.run_by_node(|w| {
            w.arg("MODULE").arg("LIST");
        })
    }

    /// `MODULE LOAD path [arg [arg ...]]`, since 4.0.0.
    fn module_load(self, path: impl OneArg, args: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("MODULE").arg("LOAD").arg(path).arg(args);
        })
    }

    /// `MODULE LOADEX path`, since 7.0.0.
    fn module_loadex(self, path: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("MODULE").arg("LOADEX").arg(path);
        })
    }

    /// `MODULE LOADEX path [CONFIG name value [CONFIG name value ...]] [ARGS args [args ...]]`, since 7.0.0.
    fn module_loadex_with(self, path: impl OneArg, options: ModuleLoadexOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("MODULE").arg("LOADEX").arg(path);
            options.write_0(w);
        })
    }

    /// `MODULE UNLOAD name`, since 4.0.0.
    fn module_unload(self, name: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("MODULE").arg("UNLOAD").arg(name);
        })
    }

    /// `MSET key value [key value ...]`, since 1.0.1.
    fn mset(self, pairs: impl Groups<2>) -> Self::Out<()> {
        self.run(|w| {
            w.arg("MSET").arg(pairs);
        })
    }

    /// `MSETEX numkeys key value [key value ...]`, since redis-8.4.0.
    fn msetex(self, pairs: impl Groups<2>) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("MSETEX").counted(2, pairs);
        })
    }

    /// `MSETEX numkeys key value [key value ...] [NX | XX] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]`, since redis-8.4.0.
    fn msetex_with(self, pairs: impl Groups<2>, options: MsetexOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("MSETEX").counted(2, pairs);
            options.write_0(w);
        })
    }

    /// `MSETNX key value [key value ...]`, since 1.0.1.
    fn msetnx(self, pairs: impl Groups<2>) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("MSETNX").arg(pairs);
        })
    }

    /// `OBJECT ENCODING key`, since 2.2.3.
    fn object_encoding(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("OBJECT").arg("ENCODING").arg(key);
        })
    }

    /// `OBJECT FREQ key`, since 4.0.0.
    fn object_freq(self, key: impl OneArg) -> Self::Out<Option<i64>> {
        self.run(|w| {
            w.arg("OBJECT").arg("FREQ").arg(key);
        })
    }

    /// `OBJECT HELP`, since 6.2.0.
    fn object_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("OBJECT").arg("HELP");
        })
    }

    /// `OBJECT IDLETIME key`, since 2.2.3.
    fn object_idletime(self, key: impl OneArg) -> Self::Out<Option<i64>> {
        self.run(|w| {
            w.arg("OBJECT").arg("IDLETIME").arg(key);
        })
    }

    /// `OBJECT REFCOUNT key`, since 2.2.3.
    fn object_refcount(self, key: impl OneArg) -> Self::Out<Option<i64>> {
        self.run(|w| {
            w.arg("OBJECT").arg("REFCOUNT").arg(key);
        })
    }

    /// `PERSIST key`, since 2.2.0.
    fn persist(self, key: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("PERSIST").arg(key);
        })
    }

    /// `PEXPIRE key milliseconds`, since 2.6.0.
    fn pexpire(self, key: impl OneArg, milliseconds: impl IntegerArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("PEXPIRE").arg(key).arg(milliseconds);
        })
    }

    /// `PEXPIRE key milliseconds [NX | XX | GT | LT]`, since 2.6.0.
    fn pexpire_with(self, key: impl OneArg, milliseconds: impl IntegerArg, options: PexpireOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("PEXPIRE").arg(key).arg(milliseconds);
            options.write_0(w);
        })
    }

    /// `PEXPIREAT key unix-time-milliseconds`, since 2.6.0.
    fn pexpireat(self, key: impl OneArg, unix_time_milliseconds: impl IntegerArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("PEXPIREAT").arg(key).arg(unix_time_milliseconds);
        })
    }

    /// `PEXPIREAT key unix-time-milliseconds [NX | XX | GT | LT]`, since 2.6.0.
    fn pexpireat_with(self, key: impl OneArg, unix_time_milliseconds: impl IntegerArg, options: PexpireatOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("PEXPIREAT").arg(key).arg(unix_time_milliseconds);
            options.write_0(w);
        })
    }

    /// `PEXPIRETIME key`, since 7.0.0.
    fn pexpiretime(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("PEXPIRETIME").arg(key);
        })
    }

    /// `PFADD key [element [element ...]]`, since 2.8.9.
    fn pfadd(self, key: impl OneArg, elements: impl ToArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("PFADD").arg(key).arg(elements);
        })
    }

    /// `PFCOUNT key [key ...]`, since 2.8.9.
    fn pfcount(self, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("PFCOUNT").arg(keys);
        })
    }

    /// `PFMERGE destkey [sourcekey [sourcekey ...]]`, since 2.8.9.
    fn pfmerge(self, destkey: impl OneArg, sourcekeys: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("PFMERGE").arg(destkey).arg(sourcekeys);
        })
    }

    /// `PING`, since 1.0.0.
    fn ping(self) -> Self::Out<String> {
        self.run(|w| {
            w.arg("PING");
        })
    }

    /// `PING [message]`, since 1.0.0.
    fn ping_with(self, message: impl OneArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("PING").arg(message);
        })
    }

    /// `PSETEX key milliseconds value`, since 2.6.0.
    fn psetex(self, key: impl OneArg, milliseconds: impl IntegerArg, value: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("PSETEX").arg(key).arg(milliseconds).arg(value);
        })
    }

    /// `PTTL key`, since 2.6.0.
    fn pttl(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("PTTL").arg(key);
        })
    }

    /// `PUBLISH channel message`, since 2.0.0.
    fn publish(self, channel: impl OneArg, message: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("PUBLISH").arg(channel).arg(message);
        })
    }

    /// `PUBSUB CHANNELS`, since 2.8.0.
    fn pubsub_channels(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("PUBSUB").arg("CHANNELS");
        })
    }

    /// `PUBSUB CHANNELS [pattern]`, since 2.8.0.
    fn pubsub_channels_with(self, pattern: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("PUBSUB").arg("CHANNELS").arg(pattern);
        })
    }

    /// `PUBSUB HELP`, since 6.2.0.
    fn pubsub_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("PUBSUB").arg("HELP");
        })
    }

    /// `PUBSUB NUMPAT`, since 2.8.0.
    fn pubsub_numpat(self) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("PUBSUB").arg("NUMPAT");
        })
    }

    /// `PUBSUB NUMSUB channel [channel ...]`, since 2.8.0.
    fn pubsub_numsub(self, channels: impl ToArg) -> Self::Out<BTreeMap<Bytes, i64>> {
        self.run(|w| {
            w.arg("PUBSUB").arg("NUMSUB").arg(channels);
        })
    }

    /// `PUBSUB SHARDCHANNELS`, since 7.0.0.
    fn pubsub_shardchannels(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("PUBSUB").arg("SHARDCHANNELS");
        })
    }

    /// `PUBSUB SHARDCHANNELS [pattern]`, since 7.0.0.
    fn pubsub_shardchannels_with(self, pattern: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("PUBSUB").arg("SHARDCHANNELS").arg(pattern);
        })
    }

    /// `PUBSUB SHARDNUMSUB shardchannel [shardchannel ...]`, since 7.0.0.
    fn pubsub_shardnumsub(self, shardchannels: impl ToArg) -> Self::Out<BTreeMap<Bytes, i64>> {
        self.run(|w| {
            w.arg("PUBSUB").arg("SHARDNUMSUB").arg(shardchannels);
        })
    }

    /// `RANDOMKEY`, since 1.0.0.
    fn randomkey(self) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("RANDOMKEY");
        })
    }

    /// `RENAME key newkey`, since 1.0.0.
    fn rename(self, key: impl OneArg, newkey: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("RENAME").arg(key).arg(newkey);
        })
    }

    /// `RENAMENX key newkey`, since 1.0.0.
    fn renamenx(self, key: impl OneArg, newkey: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("RENAMENX").arg(key).arg(newkey);
        })
    }

    /// `RESTORE key ttl serialized-value`, since 2.6.0.
    fn restore(self, key: impl OneArg, ttl: impl IntegerArg, serialized_value: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("RESTORE").arg(key).arg(ttl).arg(serialized_value);
        })
    }

    /// `RESTORE key ttl serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency]`, since 2.6.0.
    fn restore_with(self, key: impl OneArg, ttl: impl IntegerArg, serialized_value: impl OneArg, options: RestoreOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("RESTORE").arg(key).arg(ttl).arg(serialized_value);
            options.write_0(w);
        })
    }

    /// `ROLE`, since 2.8.12.
    fn role(self) -> Self::ByNode<Role> {
        self.run_by_node(|w| {
            w.arg("ROLE");
        })
    }

    /// `RPOP key`, since 1.0.0.
    fn rpop(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("RPOP").arg(key);
        })
    }

    /// `RPOP key count`, since 1.0.0.
    fn rpop_count(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Option<Vec<Bytes>>> {
        self.run(|w| {
            w.arg("RPOP").arg(key).arg(count);
        })
    }

    /// `RPOPLPUSH source destination`, since 1.2.0.
    fn rpoplpush(self, source: impl OneArg, destination: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("RPOPLPUSH").arg(source).arg(destination);
        })
    }

    /// `RPUSH key element [element ...]`, since 1.0.0.
    fn rpush(self, key: impl OneArg, elements: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("RPUSH").arg(key).arg(elements);
        })
    }

    /// `RPUSHX key element [element ...]`, since 2.2.0.
    fn rpushx(self, key: impl OneArg, elements: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("RPUSHX").arg(key).arg(elements);
        })
    }

    /// `SADD key member [member ...]`, since 1.0.0.
    fn sadd(self, key: impl OneArg, members: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SADD").arg(key).arg(members);
        })
    }

    /// `SAVE`, since 1.0.0.
    fn save(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("SAVE");
        })
    }

    /// `SCAN cursor`, since 2.8.0.
    fn scan(self, cursor: impl IntegerArg) -> Self::Out<ScanPage<Bytes>> {
        self.run(|w| {
            w.arg("SCAN").arg(cursor);
        })
    }

    /// `SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]`, since 2.8.0.
    fn scan_with(self, cursor: impl IntegerArg, options: ScanOptions) -> Self::Out<ScanPage<Bytes>> {
        self.run(|w| {
            w.arg("SCAN").arg(cursor);
            options.write_0(w);
        })
    }

    /// `SCARD key`, since 1.0.0.
    fn scard(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SCARD").arg(key);
        })
    }

    /// `SCRIPT EXISTS sha1 [sha1 ...]`, since 2.6.0.
    fn script_exists(self, sha1s: impl ToArg) -> Self::Out<Vec<bool>> {
        self.run(|w| {
            w.arg("SCRIPT").arg("EXISTS").arg(sha1s);
        })
    }

    /// `SCRIPT FLUSH`, since 2.6.0.
    fn script_flush(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("SCRIPT").arg("FLUSH");
        })
    }

    /// `SCRIPT FLUSH [ASYNC | SYNC]`, since 2.6.0.
    fn script_flush_with(self, options: ScriptFlushOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("SCRIPT").arg("FLUSH");
            options.write_0(w);
        })
    }

    /// `SCRIPT HELP`, since 5.0.0.
    fn script_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("SCRIPT").arg("HELP");
        })
    }

    /// `SCRIPT KILL`, since 2.6.0.
    fn script_kill(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("SCRIPT").arg("KILL");
        })
    }

    /// `SCRIPT LOAD script`, since 2.6.0.
    fn script_load(self, script: impl OneArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("SCRIPT").arg("LOAD").arg(script);
        })
    }

    /// `SCRIPT SHOW sha1`, since valkey-8.0.0.
    fn script_show(self, sha1: impl OneArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("SCRIPT").arg("SHOW").arg(sha1);
        })
    }

    /// `SDIFF key [key ...]`, since 1.0.0.
    fn sdiff(self, keys: impl ToArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("SDIFF").arg(keys);
        })
    }

    /// `SDIFFCARD numkeys key [key ...]`, since redis-8.10.0.
    fn sdiffcard(self, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SDIFFCARD").counted(1, keys);
        })
    }

    /// `SDIFFCARD numkeys key [key ...] [LIMIT limit]`, since redis-8.10.0.
    fn sdiffcard_with(self, keys: impl ToArg, options: SdiffcardOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SDIFFCARD").counted(1, keys);
            options.write_0(w);
        })
    }

    /// `SDIFFSTORE destination key [key ...]`, since 1.0.0.
    fn sdiffstore(self, destination: impl OneArg, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SDIFFSTORE").arg(destination).arg(keys);
        })
    }

    /// `SET key value`, since 1.0.0.
    fn set(self, key: impl OneArg, value: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("SET").arg(key).arg(value);
        })
    }

    /// `SET key value [NX | XX | IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]`, since 1.0.0.
    fn set_with(self, key: impl OneArg, value: impl OneArg, options: SetOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("SET").arg(key).arg(value);
            options.write_0(w);
        })
    }

    /// `SET key value GET`, since 1.0.0.
    fn set_get(self, key: impl OneArg, value: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("SET").arg(key).arg(value).arg("GET");
        })
    }

    /// `SET key value GET [NX | XX | IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]`, since 1.0.0.
    fn set_get_with(self, key: impl OneArg, value: impl OneArg, options: SetOptions) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("SET").arg(key).arg(value).arg("GET");
            options.write_0(w);
        })
    }

    /// `SETBIT key offset value`, since 2.2.0.
    fn setbit(self, key: impl OneArg, offset: impl IntegerArg, value: impl IntegerArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("SETBIT").arg(key).arg(offset).arg(value);
        })
    }

    /// `SETEX key seconds value`, since 2.0.0.
    fn setex(self, key: impl OneArg, seconds: impl IntegerArg, value: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("SETEX").arg(key).arg(seconds).arg(value);
        })
    }

    /// `SETNX key value`, since 1.0.0.
    fn setnx(self, key: impl OneArg, value: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("SETNX").arg(key).arg(value);
        })
    }

    /// `SETRANGE key offset value`, since 2.2.0.
    fn setrange(self, key: impl OneArg, offset: impl IntegerArg, value: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SETRANGE").arg(key).arg(offset).arg(value);
        })
    }

    /// `SINTER key [key ...]`, since 1.0.0.
    fn sinter(self, keys: impl ToArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("SINTER").arg(keys);
        })
    }

    /// `SINTERCARD numkeys key [key ...]`, since 7.0.0.
    fn sintercard(self, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SINTERCARD").counted(1, keys);
        })
    }

    /// `SINTERCARD numkeys key [key ...] [LIMIT limit]`, since 7.0.0.
    fn sintercard_with(self, keys: impl ToArg, options: SintercardOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SINTERCARD").counted(1, keys);
            options.write_0(w);
        })
    }

    /// `SINTERSTORE destination key [key ...]`, since 1.0.0.
    fn sinterstore(self, destination: impl OneArg, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SINTERSTORE").arg(destination).arg(keys);
        })
    }

    /// `SISMEMBER key member`, since 1.0.0.
    fn sismember(self, key: impl OneArg, member: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("SISMEMBER").arg(key).arg(member);
        })
    }

    /// `SLOWLOG GET`, since 2.2.12.
    fn slowlog_get(self) -> Self::ByNode<Vec<SlowlogEntry>> {
        self.run_by_node(|w| {
            w.arg("SLOWLOG").arg("GET");
        })
    }

    /// `SLOWLOG GET [count]`, since 2.2.12.
    fn slowlog_get_with(self, count: impl IntegerArg) -> Self::ByNode<Vec<SlowlogEntry>> {
        self.run_by_node(|w| {
            w.arg("SLOWLOG").arg("GET").arg(count);
        })
    }

    /// `SLOWLOG HELP`, since 6.2.0.
    fn slowlog_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("SLOWLOG").arg("HELP");
        })
    }

    /// `SLOWLOG LEN`, since 2.2.12.
    fn slowlog_len(self) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SLOWLOG").arg("LEN");
        })
    }

    /// `SLOWLOG RESET`, since 2.2.12.
    fn slowlog_reset(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("SLOWLOG").arg("RESET");
        })
    }

    /// `SMEMBERS key`, since 1.0.0.
    fn smembers(self, key: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("SMEMBERS").arg(key);
        })
    }

    /// `SMISMEMBER key member [member ...]`, since 6.2.0.
    fn smismember(self, key: impl OneArg, members: impl ToArg) -> Self::Out<Vec<bool>> {
        self.run(|w| {
            w.arg("SMISMEMBER").arg(key).arg(members);
        })
    }

    /// `SMOVE source destination member`, since 1.0.0.
    fn smove(self, source: impl OneArg, destination: impl OneArg, member: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("SMOVE").arg(source).arg(destination).arg(member);
        })
    }

    /// `SORT key`, since 1.0.0.
    fn sort(self, key: impl OneArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("SORT").arg(key);
        })
    }

    /// `SORT key [BY by-pattern] [LIMIT offset count] [GET get-pattern [GET get-pattern ...]] [ASC | DESC] [ALPHA]`, since 1.0.0.
    fn sort_with(self, key: impl OneArg, options: SortOptions) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("SORT").arg(key);
            options.write_0(w);
        })
    }

    /// `SORT key STORE destination`, since 1.0.0.
    fn sort_store(self, key: impl OneArg, destination: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SORT").arg(key).arg("STORE").arg(destination);
        })
    }

    /// `SORT key [BY by-pattern] [LIMIT offset count] [GET get-pattern [GET get-pattern ...]] [ASC | DESC] [ALPHA] STORE destination`, since 1.0.0.
    fn sort_store_with(self, key: impl OneArg, destination: impl OneArg, options: SortOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SORT").arg(key);
            options.write_0(w);
            w.arg("STORE").arg(destination);
        })
    }

    /// `SORT_RO key`, since 7.0.0.
    fn sort_ro(self, key: impl OneArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("SORT_RO").arg(key);
        })
    }

    /// `SORT_RO key [BY by-pattern] [LIMIT offset count] [GET get-pattern [GET get-pattern ...]] [ASC | DESC] [ALPHA]`, since 7.0.0.
    fn sort_ro_with(self, key: impl OneArg, options: SortRoOptions) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("SORT_RO").arg(key);
            options.write_0(w);
        })
    }

    /// `SPOP key`, since 1.0.0.
    fn spop(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("SPOP").arg(key);
        })
    }

    /// `SPOP key count`, since 1.0.0.
    fn spop_count(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("SPOP").arg(key).arg(count);
        })
    }

    /// `SPUBLISH shardchannel message`, since 7.0.0.
    fn spublish(self, shardchannel: impl OneArg, message: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SPUBLISH").arg(shardchannel).arg(message);
        })
    }

    /// `SRANDMEMBER key`, since 1.0.0.
    fn srandmember(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("SRANDMEMBER").arg(key);
        })
    }

    /// `SRANDMEMBER key count`, since 1.0.0.
    fn srandmember_count(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("SRANDMEMBER").arg(key).arg(count);
        })
    }

    /// `SREM key member [member ...]`, since 1.0.0.
    fn srem(self, key: impl OneArg, members: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SREM").arg(key).arg(members);
        })
    }

    /// `SSCAN key cursor`, since 2.8.0.
    fn sscan(self, key: impl OneArg, cursor: impl IntegerArg) -> Self::Out<ScanPage<Bytes>> {
        self.run(|w| {
            w.arg("SSCAN").arg(key).arg(cursor);
        })
    }

    /// `SSCAN key cursor [MATCH pattern] [COUNT count]`, since 2.8.0.
    fn sscan_with(self, key: impl OneArg, cursor: impl IntegerArg, options: SscanOptions) -> Self::Out<ScanPage<Bytes>> {
        self.run(|w| {
            w.arg("SSCAN").arg(key).arg(cursor);
            options.write_0(w);
        })
    }

    /// `STRLEN key`, since 2.2.0.
    fn strlen(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("STRLEN").arg(key);
        })
    }

    /// `SUBSTR key start end`, since 1.0.0.
    fn substr(self, key: impl OneArg, start: impl IntegerArg, end: impl IntegerArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("SUBSTR").arg(key).arg(start).arg(end);
        })
    }

    /// `SUNION key [key ...]`, since 1.0.0.
    fn sunion(self, keys: impl ToArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("SUNION").arg(keys);
        })
    }

    /// `SUNIONCARD numkeys key [key ...]`, since redis-8.10.0.
    fn sunioncard(self, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SUNIONCARD").counted(1, keys);
        })
    }

    /// `SUNIONCARD numkeys key [key ...] [APPROX] [LIMIT limit]`, since redis-8.10.0.
    fn sunioncard_with(self, keys: impl ToArg, options: SunioncardOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SUNIONCARD").counted(1, keys);
            options.write_0(w);
        })
    }

    /// `SUNIONSTORE destination key [key ...]`, since 1.0.0.
    fn sunionstore(self, destination: impl OneArg, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("SUNIONSTORE").arg(destination).arg(keys);
        })
    }

    /// `TDIGEST.ADD key value [value ...]`, since bloom-2.4.0.
    fn tdigest_add(self, key: impl OneArg, values: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TDIGEST.ADD").arg(key).arg(values);
        })
    }

    /// `TDIGEST.BYRANK key rank [rank ...]`, since bloom-2.4.0.
    fn tdigest_byrank(self, key: impl OneArg, ranks: impl ToArg) -> Self::Out<Vec<f64>> {
        self.run(|w| {
            w.arg("TDIGEST.BYRANK").arg(key).arg(ranks);
        })
    }

    /// `TDIGEST.BYREVRANK key reverse-rank [reverse-rank ...]`, since bloom-2.4.0.
    fn tdigest_byrevrank(self, key: impl OneArg, reverse_ranks: impl ToArg) -> Self::Out<Vec<f64>> {
        self.run(|w| {
            w.arg("TDIGEST.BYREVRANK").arg(key).arg(reverse_ranks);
        })
    }

    /// `TDIGEST.CDF key value [value ...]`, since bloom-2.4.0.
    fn tdigest_cdf(self, key: impl OneArg, values: impl ToArg) -> Self::Out<Vec<f64>> {
        self.run(|w| {
            w.arg("TDIGEST.CDF").arg(key).arg(values);
        })
    }

    /// `TDIGEST.CREATE key`, since bloom-2.4.0.
    fn tdigest_create(self, key: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TDIGEST.CREATE").arg(key);
        })
    }

    /// `TDIGEST.CREATE key [COMPRESSION compression]`, since bloom-2.4.0.
    fn tdigest_create_with(self, key: impl OneArg, options: TdigestCreateOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TDIGEST.CREATE").arg(key);
            options.write_0(w);
        })
    }

    /// `TDIGEST.INFO key`, since bloom-2.4.0.
    fn tdigest_info(self, key: impl OneArg) -> Self::Out<BTreeMap<Bytes, f64>> {
        self.run(|w| {
            w.arg("TDIGEST.INFO").arg(key);
        })
    }

    /// `TDIGEST.MAX key`, since bloom-2.4.0.
    fn tdigest_max(self, key: impl OneArg) -> Self::Out<f64> {
        self.run(|w| {
            w.arg("TDIGEST.MAX").arg(key);
        })
    }

    /// `TDIGEST.MERGE destination-key numkeys source-key [source-key ...]`, since bloom-2.4.0.
    fn tdigest_merge(self, destination_key: impl OneArg, source_keys: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TDIGEST.MERGE").arg(destination_key).counted(1, source_keys);
        })
    }

    /// `TDIGEST.MERGE destination-key numkeys source-key [source-key ...] [COMPRESSION compression] [OVERRIDE]`, since bloom-2.4.0.
    fn tdigest_merge_with(self, destination_key: impl OneArg, source_keys: impl ToArg, options: TdigestMergeOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TDIGEST.MERGE").arg(destination_key).counted(1, source_keys);
            options.write_0(w);
        })
    }

    /// `TDIGEST.MIN key`, since bloom-2.4.0.
    fn tdigest_min(self, key: impl OneArg) -> Self::Out<f64> {
        self.run(|w| {
            w.arg("TDIGEST.MIN").arg(key);
        })
    }

    /// `TDIGEST.QUANTILE key quantile [quantile ...]`, since bloom-2.4.0.
    fn tdigest_quantile(self, key: impl OneArg, quantiles: impl ToArg) -> Self::Out<Vec<f64>> {
        self.run(|w| {
            w.arg("TDIGEST.QUANTILE").arg(key).arg(quantiles);
        })
    }

    /// `TDIGEST.RANK key value [value ...]`, since bloom-2.4.0.
    fn tdigest_rank(self, key: impl OneArg, values: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("TDIGEST.RANK").arg(key).arg(values);
        })
    }

    /// `TDIGEST.RESET key`, since bloom-2.4.0.
    fn tdigest_reset(self, key: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TDIGEST.RESET").arg(key);
        })
    }

    /// `TDIGEST.REVRANK key value [value ...]`, since bloom-2.4.0.
    fn tdigest_revrank(self, key: impl OneArg, values: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("TDIGEST.REVRANK").arg(key).arg(values);
        })
    }

    /// `TDIGEST.TRIMMED_MEAN key low-cut-quantile high-cut-quantile`, since bloom-2.4.0.
    fn tdigest_trimmed_mean(self, key: impl OneArg, low_cut_quantile: impl NumberArg, high_cut_quantile: impl NumberArg) -> Self::Out<f64> {
        self.run(|w| {
            w.arg("TDIGEST.TRIMMED_MEAN").arg(key).arg(low_cut_quantile).arg(high_cut_quantile);
        })
    }

    /// `TIME`, since 2.6.0.
    fn time(self) -> Self::ByNode<(i64, i64)> {
        self.run_by_node(|w| {
            w.arg("TIME");
        })
    }

    /// `TOPK.ADD key item [item ...]`, since bloom-2.0.0.
    fn topk_add(self, key: impl OneArg, items: impl ToArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("TOPK.ADD").arg(key).arg(items);
        })
    }

    /// `TOPK.COUNT key item [item ...]`, since bloom-2.0.0.
    fn topk_count(self, key: impl OneArg, items: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("TOPK.COUNT").arg(key).arg(items);
        })
    }

    /// `TOPK.INCRBY key item increment [item increment ...]`, since bloom-2.0.0.
    fn topk_incrby(self, key: impl OneArg, pairs: impl Groups<2>) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("TOPK.INCRBY").arg(key).arg(pairs);
        })
    }

    /// `TOPK.INFO key`, since bloom-2.0.0.
    fn topk_info(self, key: impl OneArg) -> Self::Out<BTreeMap<Bytes, f64>> {
        self.run(|w| {
            w.arg("TOPK.INFO").arg(key);
        })
    }

    /// `TOPK.LIST key`, since bloom-2.0.0.
    fn topk_list(self, key: impl OneArg) -> Self::Out<Vec<Option<Bytes>>> {
        self.run(|w| {
            w.arg("TOPK.LIST").arg(key);
        })
    }

    /// `TOPK.LIST key WITHCOUNT`, since bloom-2.0.0.
    fn topk_list_withcount(self, key: impl OneArg) -> Self::Out<Flat<(Bytes, i64)>> {
        self.run(|w| {
            w.arg("TOPK.LIST").arg(key).arg("WITHCOUNT");
        })
    }

    /// `TOPK.QUERY key item [item ...]`, since bloom-2.0.0.
    fn topk_query(self, key: impl OneArg, items: impl ToArg) -> Self::Out<Vec<bool>> {
        self.run(|w| {
            w.arg("TOPK.QUERY").arg(key).arg(items);
        })
    }

    /// `TOPK.RESERVE key topk`, since bloom-2.0.0.
    fn topk_reserve(self, key: impl OneArg, topk: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TOPK.RESERVE").arg(key).arg(topk);
        })
    }

    /// `TOPK.RESERVE key topk [width depth decay]`, since bloom-2.0.0.
    fn topk_reserve_with(self, key: impl OneArg, topk: impl IntegerArg, width: impl IntegerArg, depth: impl IntegerArg, decay: impl NumberArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TOPK.RESERVE").arg(key).arg(topk).arg(width).arg(depth).arg(decay);
        })
    }

    /// `TOUCH key [key ...]`, since 3.2.1.
    fn touch(self, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("TOUCH").arg(keys);
        })
    }

    /// `TS.ADD key timestamp value`, since timeseries-1.0.0.
    fn ts_add(self, key: impl OneArg, timestamp: impl OneArg, value: impl NumberArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("TS.ADD").arg(key).arg(timestamp).arg(value);
        })
    }

    /// `TS.ADD key timestamp value [RETENTION retention-period] [ENCODING <UNCOMPRESSED | COMPRESSED>] [CHUNK_SIZE size] [DUPLICATE_POLICY <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [ON_DUPLICATE <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [IGNORE ignore-max-timediff ignore-max-val-diff] [LABELS label value [label value ...]]`, since timeseries-1.0.0.
    fn ts_add_with(self, key: impl OneArg, timestamp: impl OneArg, value: impl NumberArg, options: TsAddOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("TS.ADD").arg(key).arg(timestamp).arg(value);
            options.write_0(w);
        })
    }

    /// `TS.ALTER key`, since timeseries-1.0.0.
    fn ts_alter(self, key: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TS.ALTER").arg(key);
        })
    }

    /// `TS.ALTER key [RETENTION retention-period] [CHUNK_SIZE size] [DUPLICATE_POLICY <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [IGNORE ignore-max-timediff ignore-max-val-diff] [LABELS label value [label value ...]]`, since timeseries-1.0.0.
    fn ts_alter_with(self, key: impl OneArg, options: TsAlterOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TS.ALTER").arg(key);
            options.write_0(w);
        })
    }

    /// `TS.CREATE key`, since timeseries-1.0.0.
    fn ts_create(self, key: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TS.CREATE").arg(key);
        })
    }

    /// `TS.CREATE key [RETENTION retention-period] [ENCODING <UNCOMPRESSED | COMPRESSED>] [CHUNK_SIZE size] [DUPLICATE_POLICY <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [IGNORE ignore-max-timediff ignore-max-val-diff] [LABELS label value [label value ...]]`, since timeseries-1.0.0.
    fn ts_create_with(self, key: impl OneArg, options: TsCreateOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TS.CREATE").arg(key);
            options.write_0(w);
        })
    }

    /// `TS.CREATERULE source-key dest-key AGGREGATION aggregator bucket-duration`, since timeseries-1.0.0.
    fn ts_createrule(self, source_key: impl OneArg, dest_key: impl OneArg, aggregator: impl OneArg, bucket_duration: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TS.CREATERULE").arg(source_key).arg(dest_key).arg("AGGREGATION").arg(aggregator).arg(bucket_duration);
        })
    }

    /// `TS.CREATERULE source-key dest-key AGGREGATION aggregator bucket-duration [align-timestamp]`, since timeseries-1.0.0.
    fn ts_createrule_with(self, source_key: impl OneArg, dest_key: impl OneArg, aggregator: impl OneArg, bucket_duration: impl IntegerArg, align_timestamp: impl IntegerArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TS.CREATERULE").arg(source_key).arg(dest_key).arg("AGGREGATION").arg(aggregator).arg(bucket_duration).arg(align_timestamp);
        })
    }

    /// `TS.DECRBY key value`, since timeseries-1.0.0.
    fn ts_decrby(self, key: impl OneArg, value: impl NumberArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("TS.DECRBY").arg(key).arg(value);
        })
    }

    /// `TS.DECRBY key value [TIMESTAMP timestamp] [RETENTION retention-period] [UNCOMPRESSED] [CHUNK_SIZE size] [DUPLICATE_POLICY <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [IGNORE ignore-max-timediff ignore-max-val-diff] [LABELS label value [label value ...]]`, since timeseries-1.0.0.
    fn ts_decrby_with(self, key: impl OneArg, value: impl NumberArg, options: TsDecrbyOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("TS.DECRBY").arg(key).arg(value);
            options.write_0(w);
        })
    }

    /// `TS.DEL key from-timestamp to-timestamp`, since timeseries-1.6.0.
    fn ts_del(self, key: impl OneArg, from_timestamp: impl IntegerArg, to_timestamp: impl IntegerArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("TS.DEL").arg(key).arg(from_timestamp).arg(to_timestamp);
        })
    }

    /// `TS.DELETERULE source-key dest-key`, since timeseries-1.0.0.
    fn ts_deleterule(self, source_key: impl OneArg, dest_key: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("TS.DELETERULE").arg(source_key).arg(dest_key);
        })
    }

    /// `TS.GET key`, since timeseries-1.0.0.
    fn ts_get(self, key: impl OneArg) -> Self::Out<Perhaps<(i64, f64)>> {
        self.run(|w| {
            w.arg("TS.GET").arg(key);
        })
    }

    /// `TS.GET key [LATEST]`, since timeseries-1.0.0.
    fn ts_get_with(self, key: impl OneArg, options: TsGetOptions) -> Self::Out<Perhaps<(i64, f64)>> {
        self.run(|w| {
            w.arg("TS.GET").arg(key);
            options.write_0(w);
        })
    }

    /// `TS.INCRBY key value`, since timeseries-1.0.0.
    fn ts_incrby(self, key: impl OneArg, value: impl NumberArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("TS.INCRBY").arg(key).arg(value);
        })
    }

    /// `TS.INCRBY key value [TIMESTAMP timestamp] [RETENTION retention-period] [UNCOMPRESSED] [CHUNK_SIZE size] [DUPLICATE_POLICY <BLOCK | FIRST | LAST | MIN | MAX | SUM>] [IGNORE ignore-max-timediff ignore-max-val-diff] [LABELS label value [label value ...]]`, since timeseries-1.0.0.
    fn ts_incrby_with(self, key: impl OneArg, value: impl NumberArg, options: TsIncrbyOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("TS.INCRBY").arg(key).arg(value);
            options.write_0(w);
        })
    }

    /// `TS.INFO key`, since timeseries-1.0.0.
    fn ts_info(self, key: impl OneArg) -> Self::Out<BTreeMap<Bytes, Value>> {
        self.run(|w| {
            w.arg("TS.INFO").arg(key);
        })
    }

    /// `TS.INFO key [DEBUG]`, since timeseries-1.0.0.
    fn ts_info_with(self, key: impl OneArg, options: TsInfoOptions) -> Self::Out<BTreeMap<Bytes, Value>> {
        self.run(|w| {
            w.arg("TS.INFO").arg(key);
            options.write_0(w);
        })
    }

    /// `TS.MADD key timestamp value [key timestamp value ...]`, since timeseries-1.0.0.
    fn ts_madd(self, groups: impl Groups<3>) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("TS.MADD").arg(groups);
        })
    }

    /// `TS.MGET FILTER filter [filter ...]`, since timeseries-1.0.0.
    fn ts_mget(self, filters: impl ToArg) -> Self::Out<BTreeMap<Bytes, Vec<Value>>> {
        self.run(|w| {
            w.arg("TS.MGET").arg("FILTER").arg(filters);
        })
    }

    /// `TS.MGET [LATEST] [WITHLABELS | SELECTED_LABELS label [label ...]] FILTER filter [filter ...]`, since timeseries-1.0.0.
    fn ts_mget_with(self, filters: impl ToArg, options: TsMgetOptions) -> Self::Out<BTreeMap<Bytes, Vec<Value>>> {
        self.run(|w| {
            w.arg("TS.MGET");
            options.write_0(w);
            w.arg("FILTER").arg(filters);
        })
    }

    /// `TS.MRANGE from-timestamp to-timestamp FILTER filter [filter ...]`, since timeseries-1.0.0.
    fn ts_mrange(self, from_timestamp: impl OneArg, to_timestamp: impl OneArg, filters: impl ToArg) -> Self::Out<BTreeMap<Bytes, Vec<Value>>> {
        self.run(|w| {
            w.arg("TS.MRANGE").arg(from_timestamp).arg(to_timestamp).arg("FILTER").arg(filters);
        })
    }

    /// `TS.MRANGE from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [WITHLABELS | SELECTED_LABELS label [label ...]] [COUNT count] [[ALIGN align] AGGREGATION aggregators bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]] FILTER filter [filter ...] [GROUPBY group-label REDUCE reducer] [EXCLUDEEMPTY]`, since timeseries-1.0.0.
    fn ts_mrange_with(self, from_timestamp: impl OneArg, to_timestamp: impl OneArg, filters: impl ToArg, options: TsMrangeOptions) -> Self::Out<BTreeMap<Bytes, Vec<Value>>> {
        self.run(|w| {
            w.arg("TS.MRANGE").arg(from_timestamp).arg(to_timestamp);
            options.write_0(w);
            w.arg("FILTER").arg(filters);
            options.write_1(w);
        })
    }

    /// `TS.MREVRANGE from-timestamp to-timestamp FILTER filter [filter ...]`, since timeseries-1.4.0.
    fn ts_mrevrange(self, from_timestamp: impl OneArg, to_timestamp: impl OneArg, filters: impl ToArg) -> Self::Out<BTreeMap<Bytes, Vec<Value>>> {
        self.run(|w| {
            w.arg("TS.MREVRANGE").arg(from_timestamp).arg(to_timestamp).arg("FILTER").arg(filters);
        })
    }

    /// `TS.MREVRANGE from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [WITHLABELS | SELECTED_LABELS label [label ...]] [COUNT count] [[ALIGN align] AGGREGATION aggregators bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]] FILTER filter [filter ...] [GROUPBY group-label REDUCE reducer] [EXCLUDEEMPTY]`, since timeseries-1.4.0.
    fn ts_mrevrange_with(self, from_timestamp: impl OneArg, to_timestamp: impl OneArg, filters: impl ToArg, options: TsMrevrangeOptions) -> Self::Out<BTreeMap<Bytes, Vec<Value>>> {
        self.run(|w| {
            w.arg("TS.MREVRANGE").arg(from_timestamp).arg(to_timestamp);
            options.write_0(w);
            w.arg("FILTER").arg(filters);
            options.write_1(w);
        })
    }

    /// `TS.NRANGE numkeys key [key ...] from-timestamp to-timestamp`, since timeseries-8.10.0.
    fn ts_nrange(self, keys: impl ToArg, from_timestamp: impl OneArg, to_timestamp: impl OneArg) -> Self::Out<Vec<(i64, Vec<f64>)>> {
        self.run(|w| {
            w.arg("TS.NRANGE").counted(1, keys).arg(from_timestamp).arg(to_timestamp);
        })
    }

    /// `TS.NRANGE numkeys key [key ...] from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [COUNT count] [[ALIGN align] AGGREGATION aggregators [aggregators ...] bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]]`, since timeseries-8.10.0.
    fn ts_nrange_with(self, keys: impl ToArg, from_timestamp: impl OneArg, to_timestamp: impl OneArg, options: TsNrangeOptions) -> Self::Out<Vec<(i64, Vec<f64>)>> {
        self.run(|w| {
            w.arg("TS.NRANGE").counted(1, keys).arg(from_timestamp).arg(to_timestamp);
            options.write_0(w);
        })
    }

    /// `TS.NREVRANGE numkeys key [key ...] from-timestamp to-timestamp`, since timeseries-8.10.0.
    fn ts_nrevrange(self, keys: impl ToArg, from_timestamp: impl OneArg, to_timestamp: impl OneArg) -> Self::Out<Vec<(i64, Vec<f64>)>> {
        self.run(|w| {
            w.arg("TS.NREVRANGE").counted(1, keys).arg(from_timestamp).arg(to_timestamp);
        })
    }

    /// `TS.NREVRANGE numkeys key [key ...] from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [COUNT count] [[ALIGN align] AGGREGATION aggregators [aggregators ...] bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]]`, since timeseries-8.10.0.
    fn ts_nrevrange_with(self, keys: impl ToArg, from_timestamp: impl OneArg, to_timestamp: impl OneArg, options: TsNrevrangeOptions) -> Self::Out<Vec<(i64, Vec<f64>)>> {
        self.run(|w| {
            w.arg("TS.NREVRANGE").counted(1, keys).arg(from_timestamp).arg(to_timestamp);
            options.write_0(w);
        })
    }

    /// `TS.QUERYINDEX filter [filter ...]`, since timeseries-1.0.0.
    fn ts_queryindex(self, filters: impl ToArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("TS.QUERYINDEX").arg(filters);
        })
    }

    /// `TS.QUERYLABELS LABELS`, since timeseries-8.10.0.
    fn ts_querylabels_labels(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("TS.QUERYLABELS").arg("LABELS");
        })
    }

    /// `TS.QUERYLABELS LABELS [FILTER filter [filter ...]]`, since timeseries-8.10.0.
    fn ts_querylabels_labels_with(self, options: TsQuerylabelsOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("TS.QUERYLABELS").arg("LABELS");
            options.write_0(w);
        })
    }

    /// `TS.QUERYLABELS VALUES label`, since timeseries-8.10.0.
    fn ts_querylabels_values(self, label: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("TS.QUERYLABELS").arg("VALUES").arg(label);
        })
    }

    /// `TS.QUERYLABELS VALUES label [FILTER filter [filter ...]]`, since timeseries-8.10.0.
    fn ts_querylabels_values_with(self, label: impl OneArg, options: TsQuerylabelsOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("TS.QUERYLABELS").arg("VALUES").arg(label);
            options.write_0(w);
        })
    }

    /// `TS.RANGE key from-timestamp to-timestamp`, since timeseries-1.0.0.
    fn ts_range(self, key: impl OneArg, from_timestamp: impl OneArg, to_timestamp: impl OneArg) -> Self::Out<Vec<Sample>> {
        self.run(|w| {
            w.arg("TS.RANGE").arg(key).arg(from_timestamp).arg(to_timestamp);
        })
    }

    /// `TS.RANGE key from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [COUNT count] [[ALIGN align] AGGREGATION aggregators bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]]`, since timeseries-1.0.0.
    fn ts_range_with(self, key: impl OneArg, from_timestamp: impl OneArg, to_timestamp: impl OneArg, options: TsRangeOptions) -> Self::Out<Vec<Sample>> {
        self.run(|w| {
            w.arg("TS.RANGE").arg(key).arg(from_timestamp).arg(to_timestamp);
            options.write_0(w);
        })
    }

    /// `TS.READ key timestamp`, since timeseries-8.10.0.
    fn ts_read(self, key: impl OneArg, timestamp: impl OneArg) -> Self::Out<Vec<Sample>> {
        self.run(|w| {
            w.arg("TS.READ").arg(key).arg(timestamp);
        })
    }

    /// `TS.READ key timestamp [BLOCK milliseconds min-count] [MAX_COUNT max-count]`, since timeseries-8.10.0.
    fn ts_read_with(self, key: impl OneArg, timestamp: impl OneArg, options: TsReadOptions) -> Self::Out<Vec<Sample>> {
        self.run(|w| {
            w.arg("TS.READ").arg(key).arg(timestamp);
            options.write_0(w);
        })
    }

    /// `TS.REVRANGE key from-timestamp to-timestamp`, since timeseries-1.4.0.
    fn ts_revrange(self, key: impl OneArg, from_timestamp: impl OneArg, to_timestamp: impl OneArg) -> Self::Out<Vec<Sample>> {
        self.run(|w| {
            w.arg("TS.REVRANGE").arg(key).arg(from_timestamp).arg(to_timestamp);
        })
    }

    /// `TS.REVRANGE key from-timestamp to-timestamp [LATEST] [FILTER_BY_TS timestamp [timestamp ...]] [FILTER_BY_VALUE min max] [COUNT count] [[ALIGN align] AGGREGATION aggregators bucket-duration [BUCKETTIMESTAMP bucket-timestamp] [EMPTY]]`, since timeseries-1.4.0.
    fn ts_revrange_with(self, key: impl OneArg, from_timestamp: impl OneArg, to_timestamp: impl OneArg, options: TsRevrangeOptions) -> Self::Out<Vec<Sample>> {
        self.run(|w| {
            w.arg("TS.REVRANGE").arg(key).arg(from_timestamp).arg(to_timestamp);
            options.write_0(w);
        })
    }

    /// `TTL key`, since 1.0.0.
    fn ttl(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("TTL").arg(key);
        })
    }

    /// `TYPE key`, since 1.0.0.
    fn type_(self, key: impl OneArg) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("TYPE").arg(key);
        })
    }

    /// `UNLINK key [key ...]`, since 4.0.0.
    fn unlink(self, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("UNLINK").arg(keys);
        })
    }

    /// `UNWATCH`, since 2.2.0.
    fn unwatch(self) -> Self::Out<()> {
        self.run(|w| {
            w.arg("UNWATCH");
        })
    }

    /// `VADD key vector element`, since redis-8.0.0.
    fn vadd(self, key: impl OneArg, vector: Vector, element: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("VADD").arg(key).arg(vector).arg(element);
        })
    }

    /// `VADD key [REDUCE dim] vector element [CAS] [NOQUANT | Q8 | BIN] [EF build-exploration-factor] [SETATTR attributes] [M numlinks]`, since redis-8.0.0.
    fn vadd_with(self, key: impl OneArg, vector: Vector, element: impl OneArg, options: VaddOptions) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("VADD").arg(key);
            options.write_0(w);
            w.arg(vector).arg(element);
            options.write_1(w);
        })
    }

    /// `VCARD key`, since redis-8.0.0.
    fn vcard(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("VCARD").arg(key);
        })
    }

    /// `VDIM key`, since redis-8.0.0.
    fn vdim(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("VDIM").arg(key);
        })
    }

    /// `VEMB key element`, since redis-8.0.0.
    fn vemb(self, key: impl OneArg, element: impl OneArg) -> Self::Out<Option<Vec<f64>>> {
        self.run(|w| {
            w.arg("VEMB").arg(key).arg(element);
        })
    }

    /// `VEMB key element RAW`, since redis-8.0.0.
    fn vemb_raw(self, key: impl OneArg, element: impl OneArg) -> Self::Out<Value> {
        self.run(|w| {
            w.arg("VEMB").arg(key).arg(element).arg("RAW");
        })
    }

    /// `VGETATTR key element`, since redis-8.0.0.
    fn vgetattr(self, key: impl OneArg, element: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("VGETATTR").arg(key).arg(element);
        })
    }

    /// `VINFO key`, since redis-8.0.0.
    fn vinfo(self, key: impl OneArg) -> Self::Out<Option<BTreeMap<Bytes, Value>>> {
        self.run(|w| {
            w.arg("VINFO").arg(key);
        })
    }

    /// `VISMEMBER key element`, since redis-8.0.0.
    fn vismember(self, key: impl OneArg, element: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("VISMEMBER").arg(key).arg(element);
        })
    }

    /// `VLINKS key element`, since redis-8.0.0.
    fn vlinks(self, key: impl OneArg, element: impl OneArg) -> Self::Out<Option<Vec<Vec<Bytes>>>> {
        self.run(|w| {
            w.arg("VLINKS").arg(key).arg(element);
        })
    }

    /// `VLINKS key element WITHSCORES`, since redis-8.0.0.
    fn vlinks_withscores(self, key: impl OneArg, element: impl OneArg) -> Self::Out<Option<Vec<Vec<(Bytes, f64)>>>> {
        self.run(|w| {
            w.arg("VLINKS").arg(key).arg(element).arg("WITHSCORES");
        })
    }

    /// `VRANDMEMBER key`, since redis-8.0.0.
    fn vrandmember(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("VRANDMEMBER").arg(key);
        })
    }

    /// `VRANDMEMBER key count`, since redis-8.0.0.
    fn vrandmember_count(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("VRANDMEMBER").arg(key).arg(count);
        })
    }

    /// `VRANGE key start end`, since redis-8.4.0.
    fn vrange(self, key: impl OneArg, start: impl OneArg, end: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("VRANGE").arg(key).arg(start).arg(end);
        })
    }

    /// `VRANGE key start end [count]`, since redis-8.4.0.
    fn vrange_with(self, key: impl OneArg, start: impl OneArg, end: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("VRANGE").arg(key).arg(start).arg(end).arg(count);
        })
    }

    /// `VREM key element`, since redis-8.0.0.
    fn vrem(self, key: impl OneArg, element: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("VREM").arg(key).arg(element);
        })
    }

    /// `VSETATTR key element json`, since redis-8.0.0.
    fn vsetattr(self, key: impl OneArg, element: impl OneArg, json: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("VSETATTR").arg(key).arg(element).arg(json);
        })
    }

    /// `VSIM key query`, since redis-8.0.0.
    fn vsim(self, key: impl OneArg, query: VectorQuery) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("VSIM").arg(key).arg(query);
        })
    }

    /// `VSIM key query [COUNT count] [EPSILON delta] [EF search-exploration-factor] [FILTER expression] [FILTER-EF max-filtering-effort] [TRUTH] [NOTHREAD]`, since redis-8.0.0.
    fn vsim_with(self, key: impl OneArg, query: VectorQuery, options: VsimOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("VSIM").arg(key).arg(query);
            options.write_0(w);
        })
    }

    /// `VSIM key query WITHSCORES`, since redis-8.0.0.
    fn vsim_withscores(self, key: impl OneArg, query: VectorQuery) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("VSIM").arg(key).arg(query).arg("WITHSCORES");
        })
    }

    /// `VSIM key query WITHSCORES [COUNT count] [EPSILON delta] [EF search-exploration-factor] [FILTER expression] [FILTER-EF max-filtering-effort] [TRUTH] [NOTHREAD]`, since redis-8.0.0.
    fn vsim_withscores_with(self, key: impl OneArg, query: VectorQuery, options: VsimOptions) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("VSIM").arg(key).arg(query).arg("WITHSCORES");
            options.write_0(w);
        })
    }

    /// `WAIT numreplicas timeout`, since 3.0.0.
    fn wait(self, numreplicas: impl IntegerArg, timeout: impl IntegerArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("WAIT").arg(numreplicas).arg(timeout);
        })
    }

    /// `WAITAOF numlocal numreplicas timeout`, since 7.2.0.
    fn waitaof(self, numlocal: impl IntegerArg, numreplicas: impl IntegerArg, timeout: impl IntegerArg) -> Self::Out<(i64, i64)> {
        self.run(|w| {
            w.arg("WAITAOF").arg(numlocal).arg(numreplicas).arg(timeout);
        })
    }

    /// `WATCH key [key ...]`, since 2.2.0.
    fn watch(self, keys: impl ToArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("WATCH").arg(keys);
        })
    }

    /// `XACK key group ID [ID ...]`, since 5.0.0.
    fn xack(self, key: impl OneArg, group: impl OneArg, ids: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("XACK").arg(key).arg(group).arg(ids);
        })
    }

    /// `XACKDEL key group IDS numids id [id ...]`, since redis-8.2.0.
    fn xackdel(self, key: impl OneArg, group: impl OneArg, ids: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("XACKDEL").arg(key).arg(group).arg("IDS").counted(1, ids);
        })
    }

    /// `XACKDEL key group [KEEPREF | DELREF | ACKED] IDS numids id [id ...]`, since redis-8.2.0.
    fn xackdel_with(self, key: impl OneArg, group: impl OneArg, ids: impl ToArg, options: XackdelOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("XACKDEL").arg(key).arg(group);
            options.write_0(w);
            w.arg("IDS").counted(1, ids);
        })
    }

    /// `XADD key id field value [field value ...]`, since 5.0.0.
    fn xadd(self, key: impl OneArg, id: impl OneArg, pairs: impl Groups<2>) -> Self::Out<Bytes> {
        self.run(|w| {
            w.arg("XADD").arg(key).arg(id).arg(pairs);
        })
    }

    /// `XADD key [NOMKSTREAM] [KEEPREF | DELREF | ACKED] [IDMPAUTO pid | IDMP pid iid] [trim] id field value [field value ...]`, since 5.0.0.
    fn xadd_with(self, key: impl OneArg, id: impl OneArg, pairs: impl Groups<2>, options: XaddOptions) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("XADD").arg(key);
            options.write_0(w);
            w.arg(id).arg(pairs);
        })
    }

    /// `XAUTOCLAIM key group consumer min-idle-time start`, since 6.2.0.
    fn xautoclaim(self, key: impl OneArg, group: impl OneArg, consumer: impl OneArg, min_idle_time: impl IntegerArg, start: impl OneArg) -> Self::Out<Autoclaimed<StreamEntry>> {
        self.run(|w| {
            w.arg("XAUTOCLAIM").arg(key).arg(group).arg(consumer).arg(min_idle_time).arg(start);
        })
    }

    /// `XAUTOCLAIM key group consumer min-idle-time start [COUNT count]`, since 6.2.0.
    fn xautoclaim_with(self, key: impl OneArg, group: impl OneArg, consumer: impl OneArg, min_idle_time: impl IntegerArg, start: impl OneArg, options: XautoclaimOptions) -> Self::Out<Autoclaimed<StreamEntry>> {
        self.run(|w| {
            w.arg("XAUTOCLAIM").arg(key).arg(group).arg(consumer).arg(min_idle_time).arg(start);
            options.write_0(w);
        })
    }

    /// `XAUTOCLAIM key group consumer min-idle-time start JUSTID`, since 6.2.0.
    fn xautoclaim_justid(self, key: impl OneArg, group: impl OneArg, consumer: impl OneArg, min_idle_time: impl IntegerArg, start: impl OneArg) -> Self::Out<Autoclaimed<Bytes>> {
        self.run(|w| {
            w.arg("XAUTOCLAIM").arg(key).arg(group).arg(consumer).arg(min_idle_time).arg(start).arg("JUSTID");
        })
    }

    /// `XAUTOCLAIM key group consumer min-idle-time start [COUNT count] JUSTID`, since 6.2.0.
    fn xautoclaim_justid_with(self, key: impl OneArg, group: impl OneArg, consumer: impl OneArg, min_idle_time: impl IntegerArg, start: impl OneArg, options: XautoclaimOptions) -> Self::Out<Autoclaimed<Bytes>> {
        self.run(|w| {
            w.arg("XAUTOCLAIM").arg(key).arg(group).arg(consumer).arg(min_idle_time).arg(start);
            options.write_0(w);
            w.arg("JUSTID");
        })
    }

    /// `XCFGSET key`, since redis-8.6.0.
    fn xcfgset(self, key: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("XCFGSET").arg(key);
        })
    }

    /// `XCFGSET key [IDMP-DURATION idmp-duration] [IDMP-MAXSIZE idmp-maxsize]`, since redis-8.6.0.
    fn xcfgset_with(self, key: impl OneArg, options: XcfgsetOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("XCFGSET").arg(key);
            options.write_0(w);
        })
    }

    /// `XCLAIM key group consumer min-idle-time ID [ID ...]`, since 5.0.0.
    fn xclaim(self, key: impl OneArg, group: impl OneArg, consumer: impl OneArg, min_idle_time: impl IntegerArg, ids: impl ToArg) -> Self::Out<Vec<StreamEntry>> {
        self.run(|w| {
            w.arg("XCLAIM").arg(key).arg(group).arg(consumer).arg(min_idle_time).arg(ids);
        })
    }

    /// `XCLAIM key group consumer min-idle-time ID [ID ...] [IDLE ms] [TIME unix-time-milliseconds] [RETRYCOUNT count] [FORCE] [LASTID lastid]`, since 5.0.0.
    fn xclaim_with(self, key: impl OneArg, group: impl OneArg, consumer: impl OneArg, min_idle_time: impl IntegerArg, ids: impl ToArg, options: XclaimOptions) -> Self::Out<Vec<StreamEntry>> {
        self.run(|w| {
            w.arg("XCLAIM").arg(key).arg(group).arg(consumer).arg(min_idle_time).arg(ids);
            options.write_0(w);
        })
    }

    /// `XCLAIM key group consumer min-idle-time ID [ID ...] JUSTID`, since 5.0.0.
    fn xclaim_justid(self, key: impl OneArg, group: impl OneArg, consumer: impl OneArg, min_idle_time: impl IntegerArg, ids: impl ToArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("XCLAIM").arg(key).arg(group).arg(consumer).arg(min_idle_time).arg(ids).arg("JUSTID");
        })
    }

    /// `XCLAIM key group consumer min-idle-time ID [ID ...] JUSTID [IDLE ms] [TIME unix-time-milliseconds] [RETRYCOUNT count] [FORCE] [LASTID lastid]`, since 5.0.0.
    fn xclaim_justid_with(self, key: impl OneArg, group: impl OneArg, consumer: impl OneArg, min_idle_time: impl IntegerArg, ids: impl ToArg, options: XclaimOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("XCLAIM").arg(key).arg(group).arg(consumer).arg(min_idle_time).arg(ids).arg("JUSTID");
            options.write_0(w);
        })
    }

    /// `XDEL key ID [ID ...]`, since 5.0.0.
    fn xdel(self, key: impl OneArg, ids: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("XDEL").arg(key).arg(ids);
        })
    }

    /// `XDELEX key IDS numids id [id ...]`, since redis-8.2.0.
    fn xdelex(self, key: impl OneArg, ids: impl ToArg) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("XDELEX").arg(key).arg("IDS").counted(1, ids);
        })
    }

    /// `XDELEX key [KEEPREF | DELREF | ACKED] IDS numids id [id ...]`, since redis-8.2.0.
    fn xdelex_with(self, key: impl OneArg, ids: impl ToArg, options: XdelexOptions) -> Self::Out<Vec<i64>> {
        self.run(|w| {
            w.arg("XDELEX").arg(key);
            options.write_0(w);
            w.arg("IDS").counted(1, ids);
        })
    }

    /// `XGROUP CREATE key group <id | $>`, since 5.0.0.
    fn xgroup_create(self, key: impl OneArg, group: impl OneArg, id: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("XGROUP").arg("CREATE").arg(key).arg(group).arg(id);
        })
    }

    /// `XGROUP CREATE key group <id | $> [MKSTREAM] [ENTRIESREAD entriesread]`, since 5.0.0.
    fn xgroup_create_with(self, key: impl OneArg, group: impl OneArg, id: impl OneArg, options: XgroupCreateOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("XGROUP").arg("CREATE").arg(key).arg(group).arg(id);
            options.write_0(w);
        })
    }

    /// `XGROUP CREATECONSUMER key group consumer`, since 6.2.0.
    fn xgroup_createconsumer(self, key: impl OneArg, group: impl OneArg, consumer: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("XGROUP").arg("CREATECONSUMER").arg(key).arg(group).arg(consumer);
        })
    }

    /// `XGROUP DELCONSUMER key group consumer`, since 5.0.0.
    fn xgroup_delconsumer(self, key: impl OneArg, group: impl OneArg, consumer: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("XGROUP").arg("DELCONSUMER").arg(key).arg(group).arg(consumer);
        })
    }

    /// `XGROUP DESTROY key group`, since 5.0.0.
    fn xgroup_destroy(self, key: impl OneArg, group: impl OneArg) -> Self::Out<bool> {
        self.run(|w| {
            w.arg("XGROUP").arg("DESTROY").arg(key).arg(group);
        })
    }

    /// `XGROUP HELP`, since 5.0.0.
    fn xgroup_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("XGROUP").arg("HELP");
        })
    }

    /// `XGROUP SETID key group <id | $>`, since 5.0.0.
    fn xgroup_setid(self, key: impl OneArg, group: impl OneArg, id: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("XGROUP").arg("SETID").arg(key).arg(group).arg(id);
        })
    }

    /// `XGROUP SETID key group <id | $> [ENTRIESREAD entriesread]`, since 5.0.0.
    fn xgroup_setid_with(self, key: impl OneArg, group: impl OneArg, id: impl OneArg, options: XgroupSetidOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("XGROUP").arg("SETID").arg(key).arg(group).arg(id);
            options.write_0(w);
        })
    }

    /// `XINFO CONSUMERS key group`, since 5.0.0.
    fn xinfo_consumers(self, key: impl OneArg, group: impl OneArg) -> Self::Out<Vec<XinfoConsumer>> {
        self.run(|w| {
            w.arg("XINFO").arg("CONSUMERS").arg(key).arg(group);
        })
    }

    /// `XINFO GROUPS key`, since 5.0.0.
    fn xinfo_groups(self, key: impl OneArg) -> Self::Out<Vec<XinfoGroup>> {
        self.run(|w| {
            w.arg("XINFO").arg("GROUPS").arg(key);
        })
    }

    /// `XINFO HELP`, since 5.0.0.
    fn xinfo_help(self) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("XINFO").arg("HELP");
        })
    }

    /// `XINFO STREAM key`, since 5.0.0.
    fn xinfo_stream(self, key: impl OneArg) -> Self::Out<XinfoStream> {
        self.run(|w| {
            w.arg("XINFO").arg("STREAM").arg(key);
        })
    }

    /// `XINFO STREAM key FULL`, since 5.0.0.
    fn xinfo_stream_full(self, key: impl OneArg) -> Self::Out<XinfoStreamFull> {
        self.run(|w| {
            w.arg("XINFO").arg("STREAM").arg(key).arg("FULL");
        })
    }

    /// `XINFO STREAM key FULL [COUNT count]`, since 5.0.0.
    fn xinfo_stream_full_with(self, key: impl OneArg, options: XinfoStreamOptions) -> Self::Out<XinfoStreamFull> {
        self.run(|w| {
            w.arg("XINFO").arg("STREAM").arg(key).arg("FULL");
            options.write_0(w);
        })
    }

    /// `XLEN key`, since 5.0.0.
    fn xlen(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("XLEN").arg(key);
        })
    }

    /// `XNACK key group <SILENT | FAIL | FATAL> IDS numids id [id ...]`, since redis-8.8.0.
    fn xnack(self, key: impl OneArg, group: impl OneArg, nackmode: NackMode, ids: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("XNACK").arg(key).arg(group).arg(nackmode).arg("IDS").counted(1, ids);
        })
    }

    /// `XNACK key group <SILENT | FAIL | FATAL> IDS numids id [id ...] [RETRYCOUNT count] [FORCE]`, since redis-8.8.0.
    fn xnack_with(self, key: impl OneArg, group: impl OneArg, nackmode: NackMode, ids: impl ToArg, options: XnackOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("XNACK").arg(key).arg(group).arg(nackmode).arg("IDS").counted(1, ids);
            options.write_0(w);
        })
    }

    /// `XPENDING key group`, since 5.0.0.
    fn xpending(self, key: impl OneArg, group: impl OneArg) -> Self::Out<PendingSummary> {
        self.run(|w| {
            w.arg("XPENDING").arg(key).arg(group);
        })
    }

    /// `XPENDING key group start end count`, since 5.0.0.
    fn xpending_range(self, key: impl OneArg, group: impl OneArg, start: impl OneArg, end: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<(Bytes, Bytes, i64, i64)>> {
        self.run(|w| {
            w.arg("XPENDING").arg(key).arg(group).arg(start).arg(end).arg(count);
        })
    }

    /// `XPENDING key group [IDLE min-idle-time] start end count [consumer]`, since 5.0.0.
    fn xpending_range_with(self, key: impl OneArg, group: impl OneArg, start: impl OneArg, end: impl OneArg, count: impl IntegerArg, options: XpendingOptions) -> Self::Out<Vec<(Bytes, Bytes, i64, i64)>> {
        self.run(|w| {
            w.arg("XPENDING").arg(key).arg(group);
            options.write_0(w);
            w.arg(start).arg(end).arg(count);
            options.write_1(w);
        })
    }

    /// `XRANGE key start end`, since 5.0.0.
    fn xrange(self, key: impl OneArg, start: impl OneArg, end: impl OneArg) -> Self::Out<Vec<StreamEntry>> {
        self.run(|w| {
            w.arg("XRANGE").arg(key).arg(start).arg(end);
        })
    }

    /// `XRANGE key start end [COUNT count]`, since 5.0.0.
    fn xrange_with(self, key: impl OneArg, start: impl OneArg, end: impl OneArg, options: XrangeOptions) -> Self::Out<Vec<StreamEntry>> {
        self.run(|w| {
            w.arg("XRANGE").arg(key).arg(start).arg(end);
            options.write_0(w);
        })
    }

    /// `XREAD STREAMS streams`, since 5.0.0.
    fn xread(self, streams: impl Streams) -> Self::Out<Option<BTreeMap<Bytes, Vec<StreamEntry>>>> {
        self.run(|w| {
            w.arg("XREAD").arg("STREAMS").arg(KeysThenIds(streams));
        })
    }

    /// `XREAD [COUNT count] [MAXCOUNT maxcount] [MAXSIZE maxsize] [BLOCK milliseconds] STREAMS streams`, since 5.0.0.
    fn xread_with(self, streams: impl Streams, options: XreadOptions) -> Self::Out<Option<BTreeMap<Bytes, Vec<StreamEntry>>>> {
        self.run(|w| {
            w.arg("XREAD");
            options.write_0(w);
            w.arg("STREAMS").arg(KeysThenIds(streams));
        })
    }

    /// `XREADGROUP GROUP group consumer STREAMS streams`, since 5.0.0.
    fn xreadgroup(self, group: impl OneArg, consumer: impl OneArg, streams: impl Streams) -> Self::Out<Option<BTreeMap<Bytes, Vec<StreamEntry>>>> {
        self.run(|w| {
            w.arg("XREADGROUP").arg("GROUP").arg(group).arg(consumer).arg("STREAMS").arg(KeysThenIds(streams));
        })
    }

    /// `XREADGROUP GROUP group consumer [COUNT count] [MAXCOUNT maxcount] [MAXSIZE maxsize] [BLOCK milliseconds] [CLAIM min-idle-time] [NOACK] STREAMS streams`, since 5.0.0.
    fn xreadgroup_with(self, group: impl OneArg, consumer: impl OneArg, streams: impl Streams, options: XreadgroupOptions) -> Self::Out<Option<BTreeMap<Bytes, Vec<StreamEntry>>>> {
        self.run(|w| {
            w.arg("XREADGROUP").arg("GROUP").arg(group).arg(consumer);
            options.write_0(w);
            w.arg("STREAMS").arg(KeysThenIds(streams));
        })
    }

    /// `XREVRANGE key end start`, since 5.0.0.
    fn xrevrange(self, key: impl OneArg, end: impl OneArg, start: impl OneArg) -> Self::Out<Vec<StreamEntry>> {
        self.run(|w| {
            w.arg("XREVRANGE").arg(key).arg(end).arg(start);
        })
    }

    /// `XREVRANGE key end start [COUNT count]`, since 5.0.0.
    fn xrevrange_with(self, key: impl OneArg, end: impl OneArg, start: impl OneArg, options: XrevrangeOptions) -> Self::Out<Vec<StreamEntry>> {
        self.run(|w| {
            w.arg("XREVRANGE").arg(key).arg(end).arg(start);
            options.write_0(w);
        })
    }

    /// `XSETID key last-id`, since 5.0.0.
    fn xsetid(self, key: impl OneArg, last_id: impl OneArg) -> Self::Out<()> {
        self.run(|w| {
            w.arg("XSETID").arg(key).arg(last_id);
        })
    }

    /// `XSETID key last-id [ENTRIESADDED entries-added] [MAXDELETEDID max-deleted-id]`, since 5.0.0.
    fn xsetid_with(self, key: impl OneArg, last_id: impl OneArg, options: XsetidOptions) -> Self::Out<()> {
        self.run(|w| {
            w.arg("XSETID").arg(key).arg(last_id);
            options.write_0(w);
        })
    }

    /// `XTRIM key trim`, since 5.0.0.
    fn xtrim(self, key: impl OneArg, trim: Trim) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("XTRIM").arg(key).arg(trim);
        })
    }

    /// `ZADD key members`, since 1.2.0.
    fn zadd(self, key: impl OneArg, members: impl ScoredMembers) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZADD").arg(key).arg(Scored(members));
        })
    }

    /// `ZADD key [NX | XX] [GT | LT] [CH] members`, since 1.2.0.
    fn zadd_with(self, key: impl OneArg, members: impl ScoredMembers, options: ZaddOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZADD").arg(key);
            options.write_0(w);
            w.arg(Scored(members));
        })
    }

    /// `ZADD key INCR score member`, since 1.2.0.
    fn zadd_incr(self, key: impl OneArg, score: impl NumberArg, member: impl OneArg) -> Self::Out<Option<f64>> {
        self.run(|w| {
            w.arg("ZADD").arg(key).arg("INCR").arg(score).arg(member);
        })
    }

    /// `ZADD key [NX | XX] [GT | LT] [CH] INCR score member`, since 1.2.0.
    fn zadd_incr_with(self, key: impl OneArg, score: impl NumberArg, member: impl OneArg, options: ZaddOptions) -> Self::Out<Option<f64>> {
        self.run(|w| {
            w.arg("ZADD").arg(key);
            options.write_0(w);
            w.arg("INCR").arg(score).arg(member);
        })
    }

    /// `ZCARD key`, since 1.2.0.
    fn zcard(self, key: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZCARD").arg(key);
        })
    }

    /// `ZCOUNT key min max`, since 2.0.0.
    fn zcount(self, key: impl OneArg, min: impl OneArg, max: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZCOUNT").arg(key).arg(min).arg(max);
        })
    }

    /// `ZDIFF numkeys key [key ...]`, since 6.2.0.
    fn zdiff(self, keys: impl ToArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZDIFF").counted(1, keys);
        })
    }

    /// `ZDIFF numkeys key [key ...] WITHSCORES`, since 6.2.0.
    fn zdiff_withscores(self, keys: impl ToArg) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZDIFF").counted(1, keys).arg("WITHSCORES");
        })
    }

    /// `ZDIFFSTORE destination numkeys key [key ...]`, since 6.2.0.
    fn zdiffstore(self, destination: impl OneArg, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZDIFFSTORE").arg(destination).counted(1, keys);
        })
    }

    /// `ZINCRBY key increment member`, since 1.2.0.
    fn zincrby(self, key: impl OneArg, increment: impl NumberArg, member: impl OneArg) -> Self::Out<f64> {
        self.run(|w| {
            w.arg("ZINCRBY").arg(key).arg(increment).arg(member);
        })
    }

    /// `ZINTER numkeys key [key ...]`, since 6.2.0.
    fn zinter(self, keys: impl ToArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZINTER").counted(1, keys);
        })
    }

    /// `ZINTER numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>]`, since 6.2.0.
    fn zinter_with(self, keys: impl ToArg, options: ZinterOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZINTER").counted(1, keys);
            options.write_0(w);
        })
    }

    /// `ZINTER numkeys key [key ...] WITHSCORES`, since 6.2.0.
    fn zinter_withscores(self, keys: impl ToArg) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZINTER").counted(1, keys).arg("WITHSCORES");
        })
    }

    /// `ZINTER numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>] WITHSCORES`, since 6.2.0.
    fn zinter_withscores_with(self, keys: impl ToArg, options: ZinterOptions) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZINTER").counted(1, keys);
            options.write_0(w);
            w.arg("WITHSCORES");
        })
    }

    /// `ZINTERCARD numkeys key [key ...]`, since 7.0.0.
    fn zintercard(self, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZINTERCARD").counted(1, keys);
        })
    }

    /// `ZINTERCARD numkeys key [key ...] [LIMIT limit]`, since 7.0.0.
    fn zintercard_with(self, keys: impl ToArg, options: ZintercardOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZINTERCARD").counted(1, keys);
            options.write_0(w);
        })
    }

    /// `ZINTERSTORE destination numkeys key [key ...]`, since 2.0.0.
    fn zinterstore(self, destination: impl OneArg, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZINTERSTORE").arg(destination).counted(1, keys);
        })
    }

    /// `ZINTERSTORE destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>]`, since 2.0.0.
    fn zinterstore_with(self, destination: impl OneArg, keys: impl ToArg, options: ZinterstoreOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZINTERSTORE").arg(destination).counted(1, keys);
            options.write_0(w);
        })
    }

    /// `ZLEXCOUNT key min max`, since 2.8.9.
    fn zlexcount(self, key: impl OneArg, min: impl OneArg, max: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZLEXCOUNT").arg(key).arg(min).arg(max);
        })
    }

    /// `ZMPOP numkeys key [key ...] <MIN | MAX>`, since 7.0.0.
    fn zmpop(self, keys: impl ToArg, extreme: Extreme) -> Self::Out<Option<(Bytes, Vec<(Bytes, f64)>)>> {
        self.run(|w| {
            w.arg("ZMPOP").counted(1, keys).arg(extreme);
        })
    }

    /// `ZMPOP numkeys key [key ...] <MIN | MAX> [COUNT count]`, since 7.0.0.
    fn zmpop_with(self, keys: impl ToArg, extreme: Extreme, options: ZmpopOptions) -> Self::Out<Option<(Bytes, Vec<(Bytes, f64)>)>> {
        self.run(|w| {
            w.arg("ZMPOP").counted(1, keys).arg(extreme);
            options.write_0(w);
        })
    }

    /// `ZMSCORE key member [member ...]`, since 6.2.0.
    fn zmscore(self, key: impl OneArg, members: impl ToArg) -> Self::Out<Vec<Option<f64>>> {
        self.run(|w| {
            w.arg("ZMSCORE").arg(key).arg(members);
        })
    }

    /// `ZPOPMAX key`, since 5.0.0.
    fn zpopmax(self, key: impl OneArg) -> Self::Out<Perhaps<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZPOPMAX").arg(key);
        })
    }

    /// `ZPOPMAX key count`, since 5.0.0.
    fn zpopmax_count(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZPOPMAX").arg(key).arg(count);
        })
    }

    /// `ZPOPMIN key`, since 5.0.0.
    fn zpopmin(self, key: impl OneArg) -> Self::Out<Perhaps<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZPOPMIN").arg(key);
        })
    }

    /// `ZPOPMIN key count`, since 5.0.0.
    fn zpopmin_count(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZPOPMIN").arg(key).arg(count);
        })
    }

    /// `ZRANDMEMBER key`, since 6.2.0.
    fn zrandmember(self, key: impl OneArg) -> Self::Out<Option<Bytes>> {
        self.run(|w| {
            w.arg("ZRANDMEMBER").arg(key);
        })
    }

    /// `ZRANDMEMBER key count`, since 6.2.0.
    fn zrandmember_count(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZRANDMEMBER").arg(key).arg(count);
        })
    }

    /// `ZRANDMEMBER key count WITHSCORES`, since 6.2.0.
    fn zrandmember_withscores(self, key: impl OneArg, count: impl IntegerArg) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZRANDMEMBER").arg(key).arg(count).arg("WITHSCORES");
        })
    }

    /// `ZRANGE key start stop`, since 1.2.0.
    fn zrange(self, key: impl OneArg, start: impl OneArg, stop: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZRANGE").arg(key).arg(start).arg(stop);
        })
    }

    /// `ZRANGE key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count]`, since 1.2.0.
    fn zrange_with(self, key: impl OneArg, start: impl OneArg, stop: impl OneArg, options: ZrangeOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZRANGE").arg(key).arg(start).arg(stop);
            options.write_0(w);
        })
    }

    /// `ZRANGE key start stop WITHSCORES`, since 1.2.0.
    fn zrange_withscores(self, key: impl OneArg, start: impl OneArg, stop: impl OneArg) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZRANGE").arg(key).arg(start).arg(stop).arg("WITHSCORES");
        })
    }

    /// `ZRANGE key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count] WITHSCORES`, since 1.2.0.
    fn zrange_withscores_with(self, key: impl OneArg, start: impl OneArg, stop: impl OneArg, options: ZrangeOptions) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZRANGE").arg(key).arg(start).arg(stop);
            options.write_0(w);
            w.arg("WITHSCORES");
        })
    }

    /// `ZRANGEBYLEX key min max`, since 2.8.9.
    fn zrangebylex(self, key: impl OneArg, min: impl OneArg, max: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZRANGEBYLEX").arg(key).arg(min).arg(max);
        })
    }

    /// `ZRANGEBYLEX key min max [LIMIT offset count]`, since 2.8.9.
    fn zrangebylex_with(self, key: impl OneArg, min: impl OneArg, max: impl OneArg, options: ZrangebylexOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZRANGEBYLEX").arg(key).arg(min).arg(max);
            options.write_0(w);
        })
    }

    /// `ZRANGEBYSCORE key min max`, since 1.0.5.
    fn zrangebyscore(self, key: impl OneArg, min: impl OneArg, max: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZRANGEBYSCORE").arg(key).arg(min).arg(max);
        })
    }

    /// `ZRANGEBYSCORE key min max [LIMIT offset count]`, since 1.0.5.
    fn zrangebyscore_with(self, key: impl OneArg, min: impl OneArg, max: impl OneArg, options: ZrangebyscoreOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZRANGEBYSCORE").arg(key).arg(min).arg(max);
            options.write_0(w);
        })
    }

    /// `ZRANGEBYSCORE key min max WITHSCORES`, since 1.0.5.
    fn zrangebyscore_withscores(self, key: impl OneArg, min: impl OneArg, max: impl OneArg) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZRANGEBYSCORE").arg(key).arg(min).arg(max).arg("WITHSCORES");
        })
    }

    /// `ZRANGEBYSCORE key min max WITHSCORES [LIMIT offset count]`, since 1.0.5.
    fn zrangebyscore_withscores_with(self, key: impl OneArg, min: impl OneArg, max: impl OneArg, options: ZrangebyscoreOptions) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZRANGEBYSCORE").arg(key).arg(min).arg(max).arg("WITHSCORES");
            options.write_0(w);
        })
    }

    /// `ZRANGESTORE dst src min max`, since 6.2.0.
    fn zrangestore(self, dst: impl OneArg, src: impl OneArg, min: impl OneArg, max: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZRANGESTORE").arg(dst).arg(src).arg(min).arg(max);
        })
    }

    /// `ZRANGESTORE dst src min max [BYSCORE | BYLEX] [REV] [LIMIT offset count]`, since 6.2.0.
    fn zrangestore_with(self, dst: impl OneArg, src: impl OneArg, min: impl OneArg, max: impl OneArg, options: ZrangestoreOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZRANGESTORE").arg(dst).arg(src).arg(min).arg(max);
            options.write_0(w);
        })
    }

    /// `ZRANK key member`, since 2.0.0.
    fn zrank(self, key: impl OneArg, member: impl OneArg) -> Self::Out<Option<i64>> {
        self.run(|w| {
            w.arg("ZRANK").arg(key).arg(member);
        })
    }

    /// `ZRANK key member WITHSCORE`, since 2.0.0.
    fn zrank_withscore(self, key: impl OneArg, member: impl OneArg) -> Self::Out<Option<(i64, f64)>> {
        self.run(|w| {
            w.arg("ZRANK").arg(key).arg(member).arg("WITHSCORE");
        })
    }

    /// `ZREM key member [member ...]`, since 1.2.0.
    fn zrem(self, key: impl OneArg, members: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZREM").arg(key).arg(members);
        })
    }

    /// `ZREMRANGEBYLEX key min max`, since 2.8.9.
    fn zremrangebylex(self, key: impl OneArg, min: impl OneArg, max: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZREMRANGEBYLEX").arg(key).arg(min).arg(max);
        })
    }

    /// `ZREMRANGEBYRANK key start stop`, since 2.0.0.
    fn zremrangebyrank(self, key: impl OneArg, start: impl IntegerArg, stop: impl IntegerArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZREMRANGEBYRANK").arg(key).arg(start).arg(stop);
        })
    }

    /// `ZREMRANGEBYSCORE key min max`, since 1.2.0.
    fn zremrangebyscore(self, key: impl OneArg, min: impl OneArg, max: impl OneArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZREMRANGEBYSCORE").arg(key).arg(min).arg(max);
        })
    }

    /// `ZREVRANGE key start stop`, since 1.2.0.
    fn zrevrange(self, key: impl OneArg, start: impl IntegerArg, stop: impl IntegerArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZREVRANGE").arg(key).arg(start).arg(stop);
        })
    }

    /// `ZREVRANGE key start stop WITHSCORES`, since 1.2.0.
    fn zrevrange_withscores(self, key: impl OneArg, start: impl IntegerArg, stop: impl IntegerArg) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZREVRANGE").arg(key).arg(start).arg(stop).arg("WITHSCORES");
        })
    }

    /// `ZREVRANGEBYLEX key max min`, since 2.8.9.
    fn zrevrangebylex(self, key: impl OneArg, max: impl OneArg, min: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZREVRANGEBYLEX").arg(key).arg(max).arg(min);
        })
    }

    /// `ZREVRANGEBYLEX key max min [LIMIT offset count]`, since 2.8.9.
    fn zrevrangebylex_with(self, key: impl OneArg, max: impl OneArg, min: impl OneArg, options: ZrevrangebylexOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZREVRANGEBYLEX").arg(key).arg(max).arg(min);
            options.write_0(w);
        })
    }

    /// `ZREVRANGEBYSCORE key max min`, since 2.2.0.
    fn zrevrangebyscore(self, key: impl OneArg, max: impl OneArg, min: impl OneArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZREVRANGEBYSCORE").arg(key).arg(max).arg(min);
        })
    }

    /// `ZREVRANGEBYSCORE key max min [LIMIT offset count]`, since 2.2.0.
    fn zrevrangebyscore_with(self, key: impl OneArg, max: impl OneArg, min: impl OneArg, options: ZrevrangebyscoreOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZREVRANGEBYSCORE").arg(key).arg(max).arg(min);
            options.write_0(w);
        })
    }

    /// `ZREVRANGEBYSCORE key max min WITHSCORES`, since 2.2.0.
    fn zrevrangebyscore_withscores(self, key: impl OneArg, max: impl OneArg, min: impl OneArg) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZREVRANGEBYSCORE").arg(key).arg(max).arg(min).arg("WITHSCORES");
        })
    }

    /// `ZREVRANGEBYSCORE key max min WITHSCORES [LIMIT offset count]`, since 2.2.0.
    fn zrevrangebyscore_withscores_with(self, key: impl OneArg, max: impl OneArg, min: impl OneArg, options: ZrevrangebyscoreOptions) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZREVRANGEBYSCORE").arg(key).arg(max).arg(min).arg("WITHSCORES");
            options.write_0(w);
        })
    }

    /// `ZREVRANK key member`, since 2.0.0.
    fn zrevrank(self, key: impl OneArg, member: impl OneArg) -> Self::Out<Option<i64>> {
        self.run(|w| {
            w.arg("ZREVRANK").arg(key).arg(member);
        })
    }

    /// `ZREVRANK key member WITHSCORE`, since 2.0.0.
    fn zrevrank_withscore(self, key: impl OneArg, member: impl OneArg) -> Self::Out<Option<(i64, f64)>> {
        self.run(|w| {
            w.arg("ZREVRANK").arg(key).arg(member).arg("WITHSCORE");
        })
    }

    /// `ZSCAN key cursor`, since 2.8.0.
    fn zscan(self, key: impl OneArg, cursor: impl IntegerArg) -> Self::Out<ScanPage<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZSCAN").arg(key).arg(cursor);
        })
    }

    /// `ZSCAN key cursor [MATCH pattern] [COUNT count]`, since 2.8.0.
    fn zscan_with(self, key: impl OneArg, cursor: impl IntegerArg, options: ZscanOptions) -> Self::Out<ScanPage<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZSCAN").arg(key).arg(cursor);
            options.write_0(w);
        })
    }

    /// `ZSCAN key cursor NOSCORES`, since 2.8.0.
    fn zscan_noscores(self, key: impl OneArg, cursor: impl IntegerArg) -> Self::Out<ScanPage<Bytes>> {
        self.run(|w| {
            w.arg("ZSCAN").arg(key).arg(cursor).arg("NOSCORES");
        })
    }

    /// `ZSCAN key cursor [MATCH pattern] [COUNT count] NOSCORES`, since 2.8.0.
    fn zscan_noscores_with(self, key: impl OneArg, cursor: impl IntegerArg, options: ZscanOptions) -> Self::Out<ScanPage<Bytes>> {
        self.run(|w| {
            w.arg("ZSCAN").arg(key).arg(cursor);
            options.write_0(w);
            w.arg("NOSCORES");
        })
    }

    /// `ZSCORE key member`, since 1.2.0.
    fn zscore(self, key: impl OneArg, member: impl OneArg) -> Self::Out<Option<f64>> {
        self.run(|w| {
            w.arg("ZSCORE").arg(key).arg(member);
        })
    }

    /// `ZUNION numkeys key [key ...]`, since 6.2.0.
    fn zunion(self, keys: impl ToArg) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZUNION").counted(1, keys);
        })
    }

    /// `ZUNION numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>]`, since 6.2.0.
    fn zunion_with(self, keys: impl ToArg, options: ZunionOptions) -> Self::Out<Vec<Bytes>> {
        self.run(|w| {
            w.arg("ZUNION").counted(1, keys);
            options.write_0(w);
        })
    }

    /// `ZUNION numkeys key [key ...] WITHSCORES`, since 6.2.0.
    fn zunion_withscores(self, keys: impl ToArg) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZUNION").counted(1, keys).arg("WITHSCORES");
        })
    }

    /// `ZUNION numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>] WITHSCORES`, since 6.2.0.
    fn zunion_withscores_with(self, keys: impl ToArg, options: ZunionOptions) -> Self::Out<Vec<(Bytes, f64)>> {
        self.run(|w| {
            w.arg("ZUNION").counted(1, keys);
            options.write_0(w);
            w.arg("WITHSCORES");
        })
    }

    /// `ZUNIONSTORE destination numkeys key [key ...]`, since 2.0.0.
    fn zunionstore(self, destination: impl OneArg, keys: impl ToArg) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZUNIONSTORE").arg(destination).counted(1, keys);
        })
    }

    /// `ZUNIONSTORE destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>]`, since 2.0.0.
    fn zunionstore_with(self, destination: impl OneArg, keys: impl ToArg, options: ZunionstoreOptions) -> Self::Out<i64> {
        self.run(|w| {
            w.arg("ZUNIONSTORE").arg(destination).counted(1, keys);
            options.write_0(w);
        })
    }
}
