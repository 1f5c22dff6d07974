//! Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::{answers::*, methods::Commands, options::*, replies::*};
use crate::{command::*, value::Value};

/// The CLUSTER commands of [`Commands`] by their own names; made by [`Commands::cluster`].
#[derive(Clone, Copy, Debug)]
pub struct ClusterCommands<C>(pub(super) C);

impl<C: Commands> ClusterCommands<C> {
    /// [`Commands::cluster_addslots`].
    pub fn add_slots(self, slots: impl ToArg) -> C::Out<()> {
        self.0.cluster_addslots(slots)
    }

    /// [`Commands::cluster_addslotsrange`].
    pub fn add_slots_range(self, pairs: impl Groups<2>) -> C::Out<()> {
        self.0.cluster_addslotsrange(pairs)
    }

    /// [`Commands::cluster_bumpepoch`].
    pub fn bump_epoch(self) -> C::Out<Bytes> {
        self.0.cluster_bumpepoch()
    }

    /// [`Commands::cluster_cancelslotmigrations`].
    pub fn cancel_slot_migrations(self) -> C::Out<()> {
        self.0.cluster_cancelslotmigrations()
    }

    /// [`Commands::cluster_count_failure_reports`].
    pub fn count_failure_reports(self, node_id: impl OneArg) -> C::Out<i64> {
        self.0.cluster_count_failure_reports(node_id)
    }

    /// [`Commands::cluster_countkeysinslot`].
    pub fn count_keys_in_slot(self, slot: impl IntegerArg) -> C::Out<i64> {
        self.0.cluster_countkeysinslot(slot)
    }

    /// [`Commands::cluster_delslots`].
    pub fn del_slots(self, slots: impl ToArg) -> C::Out<()> {
        self.0.cluster_delslots(slots)
    }

    /// [`Commands::cluster_delslotsrange`].
    pub fn del_slots_range(self, pairs: impl Groups<2>) -> C::Out<()> {
        self.0.cluster_delslotsrange(pairs)
    }

    /// [`Commands::cluster_failover`].
    pub fn failover(self) -> C::Out<()> {
        self.0.cluster_failover()
    }

    /// [`Commands::cluster_failover_with`].
    pub fn failover_with(self, options: ClusterFailoverOptions) -> C::Out<()> {
        self.0.cluster_failover_with(options)
    }

    /// [`Commands::cluster_flushslot`].
    pub fn flush_slot(self, slot: impl IntegerArg) -> C::Out<()> {
        self.0.cluster_flushslot(slot)
    }

    /// [`Commands::cluster_flushslot_with`].
    pub fn flush_slot_with(self, slot: impl IntegerArg, options: ClusterFlushslotOptions) -> C::Out<()> {
        self.0.cluster_flushslot_with(slot, options)
    }

    /// [`Commands::cluster_flushslots`].
    pub fn flush_slots(self) -> C::Out<()> {
        self.0.cluster_flushslots()
    }

    /// [`Commands::cluster_forget`].
    pub fn forget(self, node_id: impl OneArg) -> C::Out<()> {
        self.0.cluster_forget(node_id)
    }

    /// [`Commands::cluster_getkeysinslot`].
    pub fn get_keys_in_slot(self, slot: impl IntegerArg, count: impl IntegerArg) -> C::Out<Vec<Bytes>> {
        self.0.cluster_getkeysinslot(slot, count)
    }

    /// [`Commands::cluster_getslotmigrations`].
    pub fn get_slot_migrations(self) -> C::Out<Vec<BTreeMap<Bytes, Value>>> {
        self.0.cluster_getslotmigrations()
    }

    /// [`Commands::cluster_help`].
    pub fn help(self) -> C::Out<Vec<Bytes>> {
        self.0.cluster_help()
    }

    /// [`Commands::cluster_info`].
    pub fn info(self) -> C::Out<BTreeMap<Bytes, Bytes>> {
        self.0.cluster_info()
    }

    /// [`Commands::cluster_keyslot`].
    pub fn keyslot(self, key: impl OneArg) -> C::Out<i64> {
        self.0.cluster_keyslot(key)
    }

    /// [`Commands::cluster_links`].
    pub fn links(self) -> C::ByNode<Vec<ClusterLink>> {
        self.0.cluster_links()
    }

    /// [`Commands::cluster_meet`].
    pub fn meet(self, ip: impl OneArg, port: impl IntegerArg) -> C::Out<()> {
        self.0.cluster_meet(ip, port)
    }

    /// [`Commands::cluster_meet_with`].
    pub fn meet_with(self, ip: impl OneArg, port: impl IntegerArg, cluster_bus_port: impl IntegerArg) -> C::Out<()> {
        self.0.cluster_meet_with(ip, port, cluster_bus_port)
    }

    /// [`Commands::cluster_migrateslots`].
    pub fn migrate_slots(self, pairs: impl Groups<2>, node_id: impl OneArg) -> C::Out<()> {
        self.0.cluster_migrateslots(pairs, node_id)
    }

    /// [`Commands::cluster_migration_cancel`].
    pub fn migration_cancel(self, task_id: impl OneArg) -> C::Out<i64> {
        self.0.cluster_migration_cancel(task_id)
    }

    /// [`Commands::cluster_migration_cancel_all`].
    pub fn migration_cancel_all(self) -> C::Out<i64> {
        self.0.cluster_migration_cancel_all()
    }

    /// [`Commands::cluster_migration_import`].
    pub fn migration_import(self, pairs: impl Groups<2>) -> C::Out<Bytes> {
        self.0.cluster_migration_import(pairs)
    }

    /// [`Commands::cluster_migration_status`].
    pub fn migration_status(self, task_id: impl OneArg) -> C::Out<Vec<BTreeMap<Bytes, Value>>> {
        self.0.cluster_migration_status(task_id)
    }

    /// [`Commands::cluster_migration_status_all`].
    pub fn migration_status_all(self) -> C::Out<Vec<BTreeMap<Bytes, Value>>> {
        self.0.cluster_migration_status_all()
    }

    /// [`Commands::cluster_myid`].
    pub fn my_id(self) -> C::Out<Bytes> {
        self.0.cluster_myid()
    }

    /// [`Commands::cluster_myshardid`].
    pub fn my_shard_id(self) -> C::Out<Bytes> {
        self.0.cluster_myshardid()
    }

    /// [`Commands::cluster_nodes`].
    pub fn nodes(self) -> C::Out<Vec<ClusterNode>> {
        self.0.cluster_nodes()
    }

    /// [`Commands::cluster_replicas`].
    pub fn replicas(self, node_id: impl OneArg) -> C::Out<Vec<ClusterNode>> {
        self.0.cluster_replicas(node_id)
    }

    /// [`Commands::cluster_replicate`].
    pub fn replicate(self, node_id: impl OneArg) -> C::Out<()> {
        self.0.cluster_replicate(node_id)
    }

    /// [`Commands::cluster_reset`].
    pub fn reset(self) -> C::Out<()> {
        self.0.cluster_reset()
    }

    /// [`Commands::cluster_reset_with`].
    pub fn reset_with(self, options: ClusterResetOptions) -> C::Out<()> {
        self.0.cluster_reset_with(options)
    }

    /// [`Commands::cluster_saveconfig`].
    pub fn save_config(self) -> C::Out<()> {
        self.0.cluster_saveconfig()
    }

    /// [`Commands::cluster_set_config_epoch`].
    pub fn set_config_epoch(self, config_epoch: impl IntegerArg) -> C::Out<()> {
        self.0.cluster_set_config_epoch(config_epoch)
    }

    /// [`Commands::cluster_setslot_importing`].
    pub fn set_slot_importing(self, slot: impl IntegerArg, node_id: impl OneArg) -> C::Out<()> {
        self.0.cluster_setslot_importing(slot, node_id)
    }

    /// [`Commands::cluster_setslot_importing_with`].
    pub fn set_slot_importing_with(self, slot: impl IntegerArg, node_id: impl OneArg, options: ClusterSetslotOptions) -> C::Out<()> {
        self.0.cluster_setslot_importing_with(slot, node_id, options)
    }

    /// [`Commands::cluster_setslot_migrating`].
    pub fn set_slot_migrating(self, slot: impl IntegerArg, node_id: impl OneArg) -> C::Out<()> {
        self.0.cluster_setslot_migrating(slot, node_id)
    }

    /// [`Commands::cluster_setslot_migrating_with`].
    pub fn set_slot_migrating_with(self, slot: impl IntegerArg, node_id: impl OneArg, options: ClusterSetslotOptions) -> C::Out<()> {
        self.0.cluster_setslot_migrating_with(slot, node_id, options)
    }

    /// [`Commands::cluster_setslot_node`].
    pub fn set_slot_node(self, slot: impl IntegerArg, node_id: impl OneArg) -> C::Out<()> {
        self.0.cluster_setslot_node(slot, node_id)
    }

    /// [`Commands::cluster_setslot_node_with`].
    pub fn set_slot_node_with(self, slot: impl IntegerArg, node_id: impl OneArg, options: ClusterSetslotOptions) -> C::Out<()> {
        self.0.cluster_setslot_node_with(slot, node_id, options)
    }

    /// [`Commands::cluster_setslot_stable`].
    pub fn set_slot_stable(self, slot: impl IntegerArg) -> C::Out<()> {
        self.0.cluster_setslot_stable(slot)
    }

    /// [`Commands::cluster_setslot_stable_with`].
    pub fn set_slot_stable_with(self, slot: impl IntegerArg, options: ClusterSetslotOptions) -> C::Out<()> {
        self.0.cluster_setslot_stable_with(slot, options)
    }

    /// [`Commands::cluster_shards`].
    pub fn shards(self) -> C::Out<Vec<ClusterShard>> {
        self.0.cluster_shards()
    }

    /// [`Commands::cluster_slaves`].
    pub fn slaves(self, node_id: impl OneArg) -> C::Out<Vec<ClusterNode>> {
        self.0.cluster_slaves(node_id)
    }

    /// [`Commands::cluster_slot_stats_orderby`].
    pub fn slot_stats_orderby(self, metric: impl OneArg) -> C::Out<Vec<(i64, SlotStats)>> {
        self.0.cluster_slot_stats_orderby(metric)
    }

    /// [`Commands::cluster_slot_stats_orderby_with`].
    pub fn slot_stats_orderby_with(self, metric: impl OneArg, options: ClusterSlotStatsOptions) -> C::Out<Vec<(i64, SlotStats)>> {
        self.0.cluster_slot_stats_orderby_with(metric, options)
    }

    /// [`Commands::cluster_slot_stats_slotsrange`].
    pub fn slot_stats_slotsrange(self, start_slot: impl IntegerArg, end_slot: impl IntegerArg) -> C::Out<Vec<(i64, SlotStats)>> {
        self.0.cluster_slot_stats_slotsrange(start_slot, end_slot)
    }

    /// [`Commands::cluster_slots`].
    pub fn slots(self) -> C::Out<Vec<SlotOwners>> {
        self.0.cluster_slots()
    }
}
