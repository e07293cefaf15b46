//! The port: open, or – without a network – kept so that nobody else takes it, and refusing.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::carry::carry;
use super::{Fault, State};

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 256;

/// Starts the thread and returns when the port is open.
pub fn start(state: Arc<State>, stopped: oneshot::Receiver<()>) -> io::Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (open, opened) = mpsc::channel();
    let thread = thread::spawn(move || {
        runtime.block_on(async move {
            let listener = reserve(state.port).and_then(|socket| socket.listen(BACKLOG));
            let listener = match listener {
                Ok(listener) => {
                    let _ = open.send(Ok(()));
                    listener
                }
                Err(error) => return drop(open.send(Err(error))),
            };
            tokio::select! {
                _ = stopped => {}
                ended = listen(listener, state) => ended.expect("the port was ours and stays so"),
            }
        });
    });
    opened.recv().unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into())).map(|()| thread)
}

/// Takes the port without opening it: who connects is refused.
fn reserve(port: u16) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    Ok(socket)
}

async fn listen(mut listener: TcpListener, state: Arc<State>) -> io::Result<()> {
    let mut rule = state.rule.subscribe();
    let mut carried = JoinSet::new();
    loop {
        if rule.borrow_and_update().fault == Fault::Offline {
            carried.shutdown().await;
            drop(listener);
            let socket = reserve(state.port)?;
            let _ = rule.wait_for(|rule| rule.fault != Fault::Offline).await;
            listener = socket.listen(BACKLOG)?;
        }
        tokio::select! {
            _ = rule.changed() => {}
            _ = carried.join_next(), if !carried.is_empty() => {}
            accepted = listener.accept() => {
                // A browser that changed its mind before it was accepted is no matter.
                if let Ok((browser, _)) = accepted {
                    carried.spawn(carry(browser, Arc::clone(&state)));
                }
            }
        }
    }
}
