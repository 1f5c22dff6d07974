//! What comes for a subscription, what becomes of it when connections are lost and slots move, and what a slow reader costs.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{Arc, LazyLock},
    time::{Duration, Instant},
};

use futures_core::Stream as _;
use slotpipe::{
    Builder, Cluster, Commands as _, Message, MessageKind, Overflow, SubscribeOptions, Subscription,
    lab::{
        LocalCluster, Node,
        reshard::{SlotMove, next_primary},
    },
};
use slotpipe_tests::{commandstats::calls_of, engine, waiting::until};
use tokio::time::{sleep, timeout};

/// Three primaries for the tests that break nothing; each test has channels of its own.
static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

/// For what comes at once.
const SOON: Duration = Duration::from_secs(5);
/// For what takes a failover.
const LATE: Duration = Duration::from_secs(20);

fn builder(cluster: &LocalCluster) -> Builder {
    Cluster::builder(cluster.seeds()).engine(engine::of(module_path!()))
}

/// A client for each protocol, and a text for names that tells them apart.
async fn clients() -> [(&'static str, Cluster); 2] {
    let (resp3, resp2) = (builder(&CLUSTER), builder(&CLUSTER).resp2());
    [("resp3", resp3.connect().await.unwrap()), ("resp2", resp2.connect().await.unwrap())]
}

async fn next(sub: &mut Subscription) -> Message {
    sub.get(SOON).await.unwrap().expect("a message comes")
}

fn said(message: &Message) -> (MessageKind, String, String, Option<String>) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let pattern = message.pattern.as_ref().map(|pattern| text(pattern));
    (message.kind, text(&message.channel), message.text().into_owned(), pattern)
}

/// Publishes until a message comes: an own subscription is known at its own node at once, elsewhere a little later.
async fn heard(db: &Cluster, sub: &mut Subscription, channel: &str, is_shard: bool) -> Message {
    let begun = Instant::now();
    for n in 0.. {
        assert!(begun.elapsed() < LATE, "no message on {channel}");
        let sent = if is_shard { db.spublish(channel, n).await } else { db.publish(channel, n).await };
        if sent.is_ok()
            && let Some(message) = sub.get(Duration::from_millis(50)).await.unwrap()
        {
            return message;
        }
    }
    unreachable!("the loop has no end")
}

/// Takes what is there, and says how many.
async fn drained(sub: &mut Subscription) -> usize {
    let mut count = 0;
    while sub.get(Duration::from_millis(100)).await.unwrap().is_some() {
        count += 1;
    }
    count
}

/// The node at which a channel is subscribed to.
fn home(cluster: &LocalCluster, channel: &str) -> Arc<Node> {
    let has = |node: &&Arc<Node>| {
        let reply = node.ask(["PUBSUB", "NUMSUB", channel]).unwrap();
        reply.array().unwrap()[1].int() == Some(1)
    };
    cluster.nodes().iter().filter(|node| node.is_up()).find(has).expect("it is subscribed to").clone()
}

#[tokio::test]
async fn channels_patterns_and_shard_channels_come_on_one_subscription() {
    for (name, db) in clients().await {
        let channel = format!("all:{name}");
        let mut sub = db.subscribe([&channel]).await.unwrap();
        assert_eq!(sub.psubscribe([format!("all:{name}*")]).await.unwrap(), 2);
        let shards = ["a", "b", "c", "d"].map(|shard| format!("{shard}:{name}"));
        assert_eq!(sub.ssubscribe(&shards).await.unwrap(), 6);

        db.publish(&channel, "one").await.unwrap();
        let mut both = [said(&next(&mut sub).await), said(&next(&mut sub).await)];
        both.sort_by_key(|message| message.3.clone());
        let one = |kind, pattern: Option<String>| (kind, channel.clone(), "one".to_owned(), pattern);
        assert_eq!(both, [one(MessageKind::Message, None), one(MessageKind::Pattern, Some(format!("all:{name}*")))]);

        for shard in &shards {
            assert_eq!(db.spublish(shard, "two").await.unwrap(), 1);
            assert_eq!(said(&next(&mut sub).await), (MessageKind::Shard, shard.clone(), "two".to_owned(), None));
        }
        assert_eq!(sub.get(Duration::ZERO).await.unwrap(), None);
        assert_eq!((sub.dropped(), sub.resubscriptions()), (0, 0));
    }
}

#[tokio::test]
async fn a_subscription_is_a_stream_and_ends_with_its_client() {
    for (name, db) in clients().await {
        let channel = format!("stream:{name}");
        let mut sub = db.subscribe([&channel]).await.unwrap();
        db.publish(&channel, "x").await.unwrap();
        let mut poll = async || timeout(SOON, poll_fn(|cx| Pin::new(&mut sub).poll_next(cx))).await.unwrap();
        assert_eq!(poll().await.unwrap().unwrap().text(), "x");
        db.close().await;
        assert!(poll().await.is_none());
        assert_eq!(sub.get(SOON).await.unwrap_err().code(), "CLOSED");
    }
}

#[tokio::test]
async fn confirmations_are_shown_where_they_are_asked_for() {
    for (name, db) in clients().await {
        let mut sub = db.subscription(SubscribeOptions::new().confirmations(true)).unwrap();
        let channel = format!("shown:{name}");
        sub.subscribe([&channel]).await.unwrap();
        sub.psubscribe(["shown:*"]).await.unwrap();
        sub.unsubscribe([&channel]).await.unwrap();
        let mut seen = Vec::new();
        for _ in 0..3 {
            let message = next(&mut sub).await;
            seen.push((message.kind, said(&message).1, message.count));
        }
        let expected = [
            (MessageKind::Subscribed, channel.clone(), 1),
            (MessageKind::Subscribed, "shown:*".to_owned(), 2),
            (MessageKind::Unsubscribed, channel, 1),
        ];
        assert_eq!(seen, expected);
    }
}

#[tokio::test]
async fn what_one_task_publishes_comes_in_its_order_alone_and_from_pipelines() {
    for (name, db) in clients().await {
        let channel = format!("order:{name}");
        let mut sub = db.subscribe([&channel]).await.unwrap();
        for n in 0..50 {
            db.publish(&channel, n).await.unwrap();
        }
        let mut pipe = db.pipeline();
        for n in 50..100 {
            pipe.publish(&channel, n);
        }
        pipe.execute_settled().await.unwrap();
        for n in 0..100 {
            assert_eq!(next(&mut sub).await.text(), n.to_string());
        }
    }
}

#[tokio::test]
async fn nothing_of_a_channel_comes_after_its_end() {
    for (name, db) in clients().await {
        let (channel, other) = (format!("end:{name}"), format!("stays:{name}"));
        let mut sub = db.subscribe([&channel, &other]).await.unwrap();
        let flood = tokio::spawn({
            let (db, channel, other) = (db.clone(), channel.clone(), other.clone());
            async move {
                for n in 0..2_000 {
                    db.publish(&channel, n).await.unwrap();
                }
                db.publish(&other, "last").await.unwrap();
            }
        });
        next(&mut sub).await;
        assert_eq!(sub.unsubscribe([&channel]).await.unwrap(), 1);
        drained(&mut sub).await;
        flood.await.unwrap();
        let end = next(&mut sub).await;
        assert_eq!((said(&end).1, end.text().into_owned()), (other, "last".to_owned()));
    }
}

#[tokio::test]
async fn a_slow_reader_costs_its_oldest_messages_and_nobody_anything() {
    for (name, db) in clients().await {
        let channel = format!("slow:{name}");
        let slow = db.subscription(SubscribeOptions::new().buffer(10)).unwrap();
        slow.subscribe([&channel]).await.unwrap();
        let mut slow = slow;
        let mut quick = db.subscribe([&channel]).await.unwrap();
        let mut small = db.subscription(SubscribeOptions::new().buffer(5).on_overflow(Overflow::Close)).unwrap();
        small.subscribe([&channel]).await.unwrap();
        for n in 0..100 {
            db.publish(&channel, n).await.unwrap();
        }
        for n in 0..100 {
            assert_eq!(next(&mut quick).await.text(), n.to_string());
        }
        db.set(format!("key:{channel}"), 1).await.unwrap();
        // Its connection is another than the quick one's: its last messages may still be on their way.
        for _ in 0..500 {
            if slow.dropped() == 90 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(next(&mut slow).await.text(), "90");
        assert_eq!((drained(&mut slow).await, slow.dropped()), (9, 90));
        for n in 0..5 {
            assert_eq!(next(&mut small).await.text(), n.to_string());
        }
        assert_eq!(small.get(SOON).await.unwrap_err().code(), "OVERFLOW");
        assert!(small.next().await.is_none());
    }
}

#[tokio::test]
async fn a_refused_channel_is_an_error_and_leaves_the_others() {
    for node in CLUSTER.nodes() {
        node.ask(["ACL", "SETUSER", "reader", "on", ">secret", "allkeys", "+@all", "resetchannels", "&open:*"])
            .unwrap();
    }
    for protocol in [2, 3] {
        let builder = builder(&CLUSTER).username("reader").password("secret");
        let builder = if protocol == 2 { builder.resp2() } else { builder };
        let db = builder.connect().await.unwrap();
        assert_eq!(db.subscribe(["closed:x"]).await.unwrap_err().code(), "NOPERM");
        let mut sub = db.subscribe(["open:x"]).await.unwrap();
        assert_eq!(sub.subscribe(["open:y", "closed:x"]).await.unwrap_err().code(), "NOPERM");
        assert_eq!(sub.ssubscribe(["closed:z"]).await.unwrap_err().code(), "NOPERM");
        assert_eq!(sub.subscribe(["open:z"]).await.unwrap(), 2);
        db.publish("open:x", "still").await.unwrap();
        assert_eq!(next(&mut sub).await.text(), "still");
    }
}

#[tokio::test]
async fn a_subscription_that_is_dropped_is_over_at_the_server() {
    for (name, db) in clients().await {
        let channel = format!("dropped:{name}");
        let sub = db.subscribe([&channel]).await.unwrap();
        let node = home(&CLUSTER, &channel);
        for n in 0..100 {
            db.publish(&channel, n).await.unwrap();
        }
        drop(sub);
        let begun = Instant::now();
        while node.ask(["PUBSUB", "NUMSUB", &channel]).unwrap().array().unwrap()[1].int() != Some(0) {
            assert!(begun.elapsed() < SOON, "it is still subscribed to");
            sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(db.ping().await.unwrap(), "PONG");
    }
}

#[tokio::test]
async fn new_credentials_are_said_on_a_subscription_too() {
    for node in CLUSTER.nodes() {
        node.ask(["ACL", "SETUSER", "rotated", "on", ">secret", "~*", "&*", "+@all"]).unwrap();
    }
    for resp2 in [false, true] {
        let builder = builder(&CLUSTER).username("rotated").password("secret");
        let builder = if resp2 { builder.resp2() } else { builder };
        let db = builder.connect().await.unwrap();
        let (kept, added) = (format!("rotated:{resp2}"), format!("rotated:{resp2}:added"));
        let mut sub = db.subscribe([&kept]).await.unwrap();
        let node = home(&CLUSTER, &kept);
        let (before, dials) = (calls_of(&node, "auth"), db.stats().await.unwrap().dials);
        db.reauthenticate().await.unwrap();
        assert_eq!(sub.subscribe([&added]).await.unwrap(), 2);
        if resp2 {
            // There a subscriber may not say AUTH: another connection takes the place of its own.
            until("it is subscribed to again", async || sub.resubscriptions() > 0).await;
        } else {
            // To this node there is its connection, and maybe the one of the other commands.
            assert!(calls_of(&node, "auth") > before, "nobody has said AUTH");
            assert_eq!(db.stats().await.unwrap().dials, dials, "no connection was made anew");
        }
        for channel in [&kept, &added] {
            let (kind, from, ..) = said(&heard(&db, &mut sub, channel, false).await);
            assert_eq!((kind, &from), (MessageKind::Message, channel));
            drained(&mut sub).await;
        }
        assert_eq!(sub.resubscriptions(), u64::from(resp2));
    }
}

#[tokio::test]
async fn shard_channels_follow_their_slot() {
    let cluster = LocalCluster::start(3, 0).unwrap();
    for resp2 in [false, true] {
        let builder = if resp2 { builder(&cluster).resp2() } else { builder(&cluster) };
        let db = builder.connect().await.unwrap();
        let mut sub = db.ssubscribe(["{moves}:a", "{moves}:b", "stays"]).await.unwrap();
        let slot = cluster.slot_of("{moves}").unwrap();
        let target = next_primary(&cluster, slot).unwrap();
        let mut moving = SlotMove::begin(&cluster, slot, &target).unwrap();
        moving.move_rest().unwrap();
        moving.finish().unwrap();
        for channel in ["{moves}:a", "{moves}:b", "stays"] {
            let message = heard(&db, &mut sub, channel, true).await;
            assert_eq!(said(&message).1, channel);
            drained(&mut sub).await;
        }
        assert_eq!(sub.resubscriptions(), 1);
    }
}

#[tokio::test]
async fn what_is_lost_with_a_node_is_subscribed_to_again_and_told_once() {
    for resp2 in [false, true] {
        let cluster = LocalCluster::start(3, 1).unwrap();
        let builder = if resp2 { builder(&cluster).resp2() } else { builder(&cluster) };
        let db = builder.connect().await.unwrap();
        let mut sub = db.subscription(SubscribeOptions::new().confirmations(true)).unwrap();
        sub.subscribe(["news", "sport"]).await.unwrap();
        sub.psubscribe(["n*"]).await.unwrap();
        let node = home(&cluster, "news");
        let shard = (0..)
            .map(|n| format!("shard:{n}"))
            .find(|name| cluster.primary_of(cluster.slot_of(name).unwrap()).unwrap().id == node.id);
        let shard = shard.unwrap();
        let slot = cluster.slot_of(&shard).unwrap();
        sub.ssubscribe([&shard]).await.unwrap();
        assert_eq!(drained(&mut sub).await, 4);
        // Nothing that is lost so young is asked for again at once.
        sleep(Duration::from_millis(1_100)).await;

        node.kill();
        cluster.wait_for_promotion(&node, slot).unwrap();
        let begun = Instant::now();
        while sub.resubscriptions() == 0 {
            assert!(begun.elapsed() < LATE, "it is not subscribed to again");
            sleep(Duration::from_millis(20)).await;
        }
        let told = next(&mut sub).await;
        assert_eq!(told.kind, MessageKind::Resubscribed);
        for (channel, is_shard) in [("news", false), ("sport", false), (shard.as_str(), true)] {
            let message = heard(&db, &mut sub, channel, is_shard).await;
            assert_eq!(said(&message).1, channel);
            sleep(Duration::from_millis(200)).await;
            drained(&mut sub).await;
        }
        assert_eq!(sub.resubscriptions(), 1);
    }
}
