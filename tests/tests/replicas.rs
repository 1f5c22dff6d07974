//! Reads from replicas on a real cluster, on both engines: one suite, taken in twice.

use std::{io, net::SocketAddr};

use tokio::net::{TcpListener, TcpStream};

#[path = "replicas/suite.rs"]
mod component;
#[path = "replicas/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;

/// The server of the tests knows no availability zones, but it tells names of hosts in the same place, and passes them on
/// to its whole cluster. A proxy before a node makes the one of the other: all else passes as it is.
async fn zoned(server: SocketAddr) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let server = TcpStream::connect(server).await?;
                client.set_nodelay(true)?;
                tokio::try_join!(pass(&client, &server, false), pass(&server, &client, true)).map(|_| ())
            });
        }
    });
    port
}

/// Passes bytes on until an end breaks; both are hung up on then.
async fn pass(from: &TcpStream, to: &TcpStream, renames: bool) -> io::Result<()> {
    const HOSTNAME: &[u8] = b"$8\r\nhostname\r\n";
    const ZONE: &[u8] = b"$17\r\navailability-zone\r\n";
    let (mut kept, mut buffer) = (Vec::new(), vec![0; 16 << 10]);
    loop {
        from.readable().await?;
        match from.try_read(&mut buffer) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => kept.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
            Err(error) => return Err(error),
        }
        while let Some(at) = kept.windows(HOSTNAME.len()).position(|here| renames && here == HOSTNAME) {
            kept.splice(at..at + HOSTNAME.len(), ZONE.iter().copied());
        }
        // What may be the beginning of the word waits for the rest of it: no reply ends like that.
        let begun = (4..HOSTNAME.len()).rev().find(|&count| renames && kept.ends_with(&HOSTNAME[..count]));
        let whole = kept.len() - begun.unwrap_or(0);
        let mut passed = 0;
        while passed < whole {
            to.writable().await?;
            match to.try_write(&kept[passed..whole]) {
                Ok(count) => passed += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        kept.drain(..whole);
    }
}
