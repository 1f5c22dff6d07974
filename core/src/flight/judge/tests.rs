//! Verdicts by the lines that servers write, and by those that only look like them.

use super::*;

fn of(line: &str, slot: u16) -> Verdict {
    judge(line.as_bytes(), Slot::new(slot), false)
}

#[test]
fn a_redirect_for_another_slot_than_the_commands_is_an_answer() {
    assert!(matches!(of("MOVED 5 127.0.0.1:7000", 5), Verdict::Moved(_)));
    assert_eq!(of("MOVED 6 127.0.0.1:7000", 5), Verdict::Answer);
    assert_eq!(judge(b"ASK 6 127.0.0.1:7000", None, false), Verdict::Answer);
}

#[test]
fn codes_are_whole_words() {
    assert_eq!(of("TRYAGAIN x", 1), Verdict::Later(Later::TryAgain));
    assert_eq!(of("TRYAGAINX x", 1), Verdict::Answer);
    assert_eq!(of("tryagain x", 1), Verdict::Answer);
    assert_eq!(of("ERR MOVED 1 127.0.0.1:7000", 1), Verdict::Answer);
    assert_eq!(of("MOVEDX 1 127.0.0.1:7000", 1), Verdict::Answer);
}

#[test]
fn a_script_forges_no_refusal() {
    let forged = b"LOADING my own text";
    assert_eq!(judge(forged, None, true), Verdict::Answer);
    assert_eq!(judge(forged, None, false), Verdict::Later(Later::Loading));
    let own = b"LOADING Redis is loading the dataset in memory";
    assert_eq!(judge(own, None, true), Verdict::Later(Later::Loading));
    assert_eq!(judge(b"NOAUTH Authentication required.", None, true), Verdict::Answer);
}

#[test]
fn errors_of_execution_may_have_run_and_errors_before_it_have_not() {
    for line in ["WRONGTYPE Operation against a key", "ERR value is not an integer or out of range", "MYCODE x"] {
        assert!(may_have_run(line.as_bytes(), None, false), "{line}");
    }
    for line in ["OOM command not allowed", "NOPERM this user", "ERR unknown command 'X'", "CROSSSLOT Keys"] {
        assert!(!may_have_run(line.as_bytes(), None, false), "{line}");
    }
}

#[test]
fn each_temporary_refusal_is_told_by_its_code_and_some_doubt_the_map() {
    let table = [
        ("TRYAGAIN", Later::TryAgain, false),
        ("CLUSTERDOWN", Later::ClusterDown, true),
        ("MASTERDOWN", Later::MasterDown, true),
        ("LOADING", Later::Loading, false),
        ("READONLY", Later::ReadOnly, true),
        ("BUSY", Later::Busy, false),
    ];
    for (code, later, doubts) in table {
        let line = alloc::format!("{code} for some reason");
        assert_eq!(of(&line, 1), Verdict::Later(later));
        assert_eq!((later.code(), later.doubts_the_map()), (code, doubts));
        assert!(!may_have_run(line.as_bytes(), None, false), "{line}");
        assert!(may_have_run(line.as_bytes(), None, true), "a script can say {line}");
    }
}

#[test]
fn a_connection_that_lost_its_authentication_is_told_from_a_script_that_says_so() {
    let line = b"NOAUTH Authentication required.";
    assert_eq!(judge(line, None, false), Verdict::Unauthenticated);
    assert_eq!(judge(line, None, true), Verdict::Answer);
}

#[test]
fn only_a_failover_unblocks_for_another_try() {
    let forced = b"UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)";
    assert_eq!(judge(forced, None, false), Verdict::Unblocked);
    assert_eq!(judge(forced, None, true), Verdict::Answer);
    assert_eq!(judge(b"UNBLOCKED client unblocked via CLIENT UNBLOCK", None, false), Verdict::Answer);
}

#[test]
fn a_script_has_not_run_only_where_the_server_itself_says_so() {
    let slot = Slot::new(5);
    for line in [
        "NOSCRIPT No matching script. Please use EVAL.",
        "NOSCRIPT No matching script.",
        "MOVED 5 127.0.0.1:7000",
        "ASK 5 127.0.0.1:7000",
        "CLUSTERDOWN Hash slot not served",
        "BUSY Valkey is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.",
    ] {
        assert!(!may_have_run(line.as_bytes(), slot, true), "{line}");
    }
    for line in [
        "NOSCRIPT of my own",
        "MOVED 6 127.0.0.1:7000",
        "NOAUTH Authentication required.",
        "UNBLOCKED force unblock from blocking operation",
        "OOM of my own",
        "ERR unknown command 'x'",
    ] {
        assert!(may_have_run(line.as_bytes(), slot, true), "{line}");
    }
}

#[test]
fn every_code_of_a_refusal_before_execution_has_not_run() {
    for code in [
        "MOVED",
        "ASK",
        "TRYAGAIN",
        "CLUSTERDOWN",
        "CROSSSLOT",
        "MASTERDOWN",
        "LOADING",
        "READONLY",
        "BUSY",
        "OOM",
        "MISCONF",
        "NOREPLICAS",
        "NOPERM",
        "NOAUTH",
        "WRONGPASS",
        "NOSCRIPT",
        "EXECABORT",
        "NOPROTO",
        "DENIED",
        "UNBLOCKED",
    ] {
        assert!(!may_have_run(alloc::format!("{code} and why").as_bytes(), None, false), "{code}");
        assert!(may_have_run(alloc::format!("{code}X and why").as_bytes(), None, false), "{code} is a whole word");
    }
    for line in ["ERR unknown subcommand 'x'", "ERR wrong number of arguments for 'get' command"] {
        assert!(!may_have_run(line.as_bytes(), None, false), "{line}");
    }
}
