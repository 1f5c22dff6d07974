//! A call that is cancelled, timed out, or whose pipeline is dropped never gives its reply to another: behind a network on
//! which replies take their time, at four delays, for every kind of call.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use slotpipe::{
    CallOptions, Cluster, Commands, CrossSlot, Error, ErrorKind, Nodes, Session, Value,
    commands::SscanOptions,
    lab::{LocalCluster, resp},
};
use slotpipe_tests::{engine, slow::Slow, waiting::settled};
use tokio::{task::JoinSet, time::timeout};

static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

/// Longer than any reply takes.
const PATIENCE: Duration = Duration::from_secs(20);
/// When a call is given up, in hundredths of the time that its reply takes: long before it comes, just then, and when it
/// has long been there.
const GIVEN_UP_AT: [u32; 8] = [0, 50, 90, 98, 102, 110, 150, 5_000];

/// Kinds of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Call,
    Named,
    Split,
    Merged,
    Everywhere,
    Pipeline,
    Raw,
    Outcomes,
    Blocking,
    Unit,
    Session,
    Transaction,
    Script,
    Scan,
    Recipe,
    Subscription,
}

const KINDS: [Kind; 16] = [
    Kind::Call,
    Kind::Named,
    Kind::Split,
    Kind::Merged,
    Kind::Everywhere,
    Kind::Pipeline,
    Kind::Raw,
    Kind::Outcomes,
    Kind::Blocking,
    Kind::Unit,
    Kind::Session,
    Kind::Transaction,
    Kind::Script,
    Kind::Scan,
    Kind::Recipe,
    Kind::Subscription,
];

/// Ways to give up.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// The future is dropped.
    Dropped,
    /// The call's own time is over.
    Deadline,
}

const WAYS: [Way; 2] = [Way::Dropped, Way::Deadline];

impl Kind {
    /// Round trips, one after the other; what has a connection of its own first has that to make.
    const fn trips(self) -> u32 {
        match self {
            Self::Call | Self::Named | Self::Split | Self::Merged | Self::Everywhere => 1,
            Self::Pipeline | Self::Raw | Self::Outcomes | Self::Unit | Self::Script | Self::Scan | Self::Recipe => 1,
            Self::Blocking => 2,
            Self::Session | Self::Transaction | Self::Subscription => 3,
        }
    }

    /// Three keys of one call, in three slots if they may be.
    fn keys(self, call: &str) -> [String; 3] {
        let in_one_slot = matches!(self, Self::Unit | Self::Session | Self::Transaction);
        let tag = if in_one_slot { format!("{{{call}}}") } else { call.to_owned() };
        [0, 1, 2].map(|at| format!("{tag}:{at}"))
    }

    /// What is read through `db`: some of the keys, as each is its own value. What is published comes from elsewhere.
    async fn ask(self, db: &Cluster, direct: &Cluster, keys: &[String; 3]) -> Result<Vec<String>, Error> {
        match self {
            Self::Call => db.get(&keys[0]).into_type().await.map(|value| vec![value]),
            Self::Named => db.cmd("GET").arg(&keys[0]).read().await.map(|value| vec![value]),
            Self::Split => db.mget(keys).into_type().await,
            Self::Merged => {
                let (pattern, _) = keys[0].rsplit_once(':').unwrap();
                db.keys(format!("{pattern}:?")).into_type().await.map(sorted)
            }
            Self::Everywhere => {
                let said = db.at(Nodes::Primaries).cmd("ECHO").arg(&keys[0]).await?;
                let Value::Map(said) = said else { panic!("{said:?}") };
                assert_eq!(said.len(), 3, "{said:?}");
                assert!(said.iter().all(|(_, echo)| *echo == *keys[0]), "{said:?}");
                Ok(vec![keys[0].clone()])
            }
            Self::Pipeline | Self::Unit => {
                let mut pipe = db.pipeline();
                if self == Self::Unit {
                    pipe.atomic();
                }
                pipe.get(&keys[0]).get(&keys[1]).get(&keys[2]);
                pipe.query().await
            }
            Self::Raw => {
                let batch: Vec<u8> = keys.iter().flat_map(|key| resp::encode(["GET", key])).collect();
                let replies = db.raw(batch).await?;
                replies.check()?;
                (0..replies.len()).map(|at| replies.read(at)).collect()
            }
            Self::Outcomes => {
                let mut pipe = db.pipeline();
                pipe.get(&keys[0]).get(&keys[1]).get(&keys[2]);
                let (mut outcomes, mut seen) = (pipe.stream()?, vec![String::new(); 3]);
                while let Some(next) = outcomes.next().await {
                    let (index, outcome) = next?;
                    let value = outcome.into_result()?;
                    assert_eq!(value, *keys[index]);
                    seen[index].clone_from(&keys[index]);
                }
                Ok(seen)
            }
            Self::Blocking => {
                let list = list(&keys[0]);
                let (of, value): (String, String) = db.blpop([&list], 5.0).into_type().await?;
                assert_eq!(of, list);
                Ok(vec![value])
            }
            Self::Session => {
                let session = db.session([&keys[0]])?;
                session.watch(&keys[0]).await?;
                let mut unit = session.multi();
                unit.get(&keys[0]).get(&keys[1]).get(&keys[2]);
                unit.query().await
            }
            Self::Transaction => {
                let read = |session: Session| async move {
                    let mut unit = session.multi();
                    unit.get(&keys[0]).get(&keys[1]).get(&keys[2]);
                    unit.query().await
                };
                db.transaction([&keys[0]], read).await
            }
            Self::Script => {
                let script = db.script("return redis.call('GET', KEYS[1])");
                script.run::<String>([&keys[0]], [""; 0]).await.map(|value| vec![value])
            }
            Self::Scan => {
                let members = db.sscan_iter(set(&keys[0]), SscanOptions::default()).all().await?;
                Ok(sorted(members.iter().map(|key| String::from_utf8_lossy(key).into_owned()).collect()))
            }
            Self::Recipe => {
                let emulating = db.with(CallOptions::new().cross_slot(CrossSlot::Emulate));
                emulating.sunion(keys.each_ref().map(|key| set(key))).into_type().await.map(sorted)
            }
            Self::Subscription => {
                let mut subscription = db.subscribe([&keys[0]]).await?;
                direct.publish(&keys[0], &keys[0]).await?;
                let message = subscription.get(PATIENCE).await?.unwrap();
                assert_eq!(message.channel, keys[0].as_bytes());
                Ok(vec![message.text().into_owned()])
            }
        }
    }
}

fn sorted(mut found: Vec<String>) -> Vec<String> {
    found.sort();
    found
}

fn list(key: &str) -> String {
    format!("list:{key}")
}

fn set(key: &str) -> String {
    format!("set:{key}")
}

/// Before every node.
async fn behind(delay: Duration) -> Slow {
    Slow::before(CLUSTER.nodes().iter().map(|node| node.port()), delay).await
}

async fn connect(slow: &Slow) -> Cluster {
    let builder = Cluster::builder(CLUSTER.seeds()).map_address(slow.way()).deadline(PATIENCE);
    builder.connect_timeout(PATIENCE).engine(engine::of(module_path!())).connect().await.unwrap()
}

/// Each of these is its own value, so that a reply tells whose it is.
async fn write(db: &Cluster, keys: impl IntoIterator<Item = String>) {
    let mut pipe = db.pipeline();
    for key in keys {
        pipe.set(&key, &key);
    }
    pipe.execute().await.unwrap();
}

/// What a call of the kind reads.
async fn prepare(db: &Cluster, kind: Kind, keys: &[String; 3]) {
    if kind == Kind::Blocking {
        db.rpush(list(&keys[0]), &keys[0]).await.unwrap();
    } else if kind == Kind::Scan {
        db.sadd(set(&keys[0]), keys).await.unwrap();
    } else if kind == Kind::Recipe {
        for key in keys {
            db.sadd(set(key), key).await.unwrap();
        }
    } else {
        write(db, keys.clone()).await;
    }
}

/// Gives up, or has what it asked for: whether it was its own is said at once.
async fn hurry(
    (db, direct): (&Cluster, &Cluster),
    kind: Kind,
    way: Way,
    patience: Duration,
    keys: &[String; 3],
) -> bool {
    let answer = match way {
        Way::Dropped => match timeout(patience, kind.ask(db, direct, keys)).await {
            Ok(answer) => answer,
            Err(_) => return false,
        },
        Way::Deadline => kind.ask(&db.with(CallOptions::new().deadline(patience)), direct, keys).await,
    };
    match answer {
        Ok(got) => {
            assert_eq!(got, keys[..got.len()], "{kind:?}, {way:?}");
            assert!(matches!(got.len(), 1 | 3), "{got:?}");
            true
        }
        Err(error) => {
            let given_up =
                matches!(error.kind(), ErrorKind::Unknown(_) | ErrorKind::NotExecuted(_) | ErrorKind::Partial(_));
            assert!(given_up && matches!(way, Way::Deadline), "{kind:?}, {way:?}: {error}");
            for (key, outcome) in keys.iter().zip(error.outcomes()) {
                assert!(outcome.reply().is_none_or(|reply| *reply == **key), "{key}: {outcome:?}");
            }
            false
        }
    }
}

/// All calls of a kind, one after the other, and beside each one others that wait. How many were given up.
async fn give_up(db: &Cluster, direct: &Cluster, kind: Kind, delay: Duration) -> usize {
    let mut given_up = 0;
    // A reply that is not late takes its time, too.
    let usual = delay.max(Duration::from_millis(5));
    for way in WAYS {
        for hundredths in GIVEN_UP_AT {
            let call = format!("{}:{}:{kind:?}:{way:?}:{hundredths}", module_path!(), delay.as_millis());
            let (keys, [first, second, after]) = (kind.keys(&call), [0, 1, 2].map(|at| format!("other:{call}:{at}")));
            prepare(direct, kind, &keys).await;
            write(direct, [first.clone(), second.clone(), after.clone()]).await;
            let read = async |key: &String| assert_eq!(db.get(key).into_type::<String>().await.unwrap(), *key);
            let patience = Duration::from_millis(1) + usual * kind.trips() * hundredths / 100;
            let hurried = hurry((db, direct), kind, way, patience, &keys);
            let (answered, (), ()) = tokio::join!(hurried, read(&first), read(&second));
            given_up += usize::from(!answered);
            read(&after).await;
        }
    }
    given_up
}

/// Every kind of call is given up in every way, all kinds on one client at the same time.
async fn nobody_gets_anothers_reply(delay_ms: u64) {
    let delay = Duration::from_millis(delay_ms);
    let slow = behind(delay).await;
    let (db, direct) = (connect(&slow).await, Cluster::connect(CLUSTER.seeds()).await.unwrap());
    let asked = Instant::now();
    db.ping().await.unwrap();
    assert!(asked.elapsed() >= delay, "replies are not late: the test proves nothing");
    let mut kinds = JoinSet::new();
    for kind in KINDS {
        let (db, direct) = (db.clone(), direct.clone());
        kinds.spawn(async move { (kind, give_up(&db, &direct, kind, delay).await) });
    }
    while let Some(kind) = kinds.join_next().await {
        let (kind, given_up) = kind.unwrap();
        let all = WAYS.len() * GIVEN_UP_AT.len();
        // Long before a reply comes nobody has it; without a delay it may always be there at once.
        assert!(delay_ms < 20 || given_up >= 2 * WAYS.len(), "{kind:?}: {given_up} of {all} were given up");
        assert!(given_up < all, "{kind:?}: all were given up");
    }
    settled(&db).await;
}

#[tokio::test]
async fn no_call_that_is_given_up_gives_its_reply_to_another_at_once() {
    nobody_gets_anothers_reply(0).await;
}

#[tokio::test]
async fn no_call_that_is_given_up_gives_its_reply_to_another_after_5_ms() {
    nobody_gets_anothers_reply(5).await;
}

#[tokio::test]
async fn no_call_that_is_given_up_gives_its_reply_to_another_after_20_ms() {
    nobody_gets_anothers_reply(20).await;
}

#[tokio::test]
async fn no_call_that_is_given_up_gives_its_reply_to_another_after_60_ms() {
    nobody_gets_anothers_reply(60).await;
}

#[tokio::test]
async fn a_pipeline_that_is_left_early_gives_its_replies_to_nobody() {
    for delay_ms in [0, 5, 20, 60] {
        let slow = behind(Duration::from_millis(delay_ms)).await;
        let (db, direct) = (connect(&slow).await, Cluster::connect(CLUSTER.seeds()).await.unwrap());
        for round in 0..6 {
            let call = format!("{}:{delay_ms}:left:{round}", module_path!());
            let (keys, after) = (Kind::Outcomes.keys(&call), format!("after:{call}"));
            write(&direct, keys.iter().cloned().chain([after.clone()])).await;
            let mut pipe = db.pipeline();
            keys.iter().for_each(|key| _ = pipe.get(key));
            let mut outcomes = pipe.stream().unwrap();
            // In one round before the first, in the others behind it.
            if round > 0 {
                let (index, outcome) = outcomes.next().await.unwrap().unwrap();
                assert_eq!(outcome.into_result().unwrap(), *keys[index]);
            }
            drop(outcomes);
            assert_eq!(db.get(&after).into_type::<String>().await.unwrap(), after);
        }
        settled(&db).await;
    }
}
