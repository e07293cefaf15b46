//! The whole system from outside: a real server, real browsers, people who use them.
//!
//! - [`server`]: the release build of the server on a port and a data folder of its own; it can be killed.
//! - [`browser`]: Chromium, Firefox or WebKitGTK under WebDriver, with a profile that outlives it.
//! - [`proxy`]: the network between the two, and all that goes wrong with networks.
//! - [`centre`]: what the server holds, asked for as any program may; [`report`]: what a run under faults found.
//! - [`person`]: what people do, in their words: sign in, answer a field, send, accept.
//! - [`axe`]: the rules of accessibility; [`screens`]: every screen, for pictures and for those rules.
//!
//! The journeys are in `tests/browser/`, those under faults in `tests/faults/`. `cargo xtask test browser` and `cargo
//! xtask test faults` install and build what they need.
//!
//! Invariants: nothing here sleeps for a guessed time, all waits are conditions with a deadline ([`wait`]); nothing
//! here knows the inside of the system, only its addresses, its attributes `data-…` and its signals `performance`.
//!
//! # The attributes that journeys hold on to
//! | what | selector |
//! | --- | --- |
//! | signing in | `input[name=account]`, `input[name=password]`, `[data-test=sign-in]` |
//! | a duty on the home screen | `[data-test=duty][data-form=FA][data-period=2026-year][data-state=draft]`, a link inside |
//! | a report received | `[data-test=received][data-form=FA][data-unit=CODE][data-state=submitted]`, a link inside |
//! | a field of a form | `[data-field=CODE]` around its input; with `data-saved` once it is on the phone for good |
//! | a complaint about content | `[data-problem=error]`, `[data-problem=warning]` |
//! | walking through a form | `[data-test=next]`, `[data-test=previous]`, `[data-test=contents]`, `[data-add-row=GROUP]` |
//! | state of sync | `[data-test=sync-state][data-state=local\|sending\|synced\|offline\|attention]` |
//! | steps of the workflow | `[data-test=command-hand-over]`, `-approve`, `-accept`, `-return`; then `[data-test=confirm]` in the dialog |
//! | figures | `[data-test=target][data-code=T2]` with `[data-test=share]`; `[data-test=silent-unit]` |
//! | the app stands | a performance mark `app-ready`; later `form-open`, `field-saved`, `first-sync` |

pub mod axe;
pub mod browser;
pub mod centre;
pub mod chance;
mod display;
pub mod person;
pub mod place;
pub mod proxy;
pub mod report;
mod running;
pub mod screens;
pub mod server;
pub mod wait;
