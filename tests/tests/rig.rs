//! The rig proves itself: what the other live tests take for granted, seen with the plain client alone.

use slotpipe::lab::LocalCluster;

#[test]
fn a_killed_primary_is_replaced_by_its_replica_and_comes_back_as_a_replica() {
    let cluster = LocalCluster::start(3, 1).unwrap();
    let old = cluster.primary_of(0).unwrap();
    let heir = cluster.replicas_of(&old).unwrap().remove(0);

    old.kill();
    let promoted = cluster.wait_for_promotion(&old, 0).unwrap();
    assert_eq!(promoted.id, heir.id);

    old.restart().unwrap();
    cluster.wait_until_agreed(3).unwrap();
    assert_eq!(cluster.replicas_of(&promoted).unwrap()[0].id, old.id);
}
