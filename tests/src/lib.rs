//! The whole system from outside: a real server, real browsers, people who use them.
//!
//! - [`server`]: the release build of the server on a port and a data folder of its own; it can be killed.
//! - [`browser`]: Chromium, Firefox or WebKitGTK under WebDriver, with a profile that outlives it.
//! - [`person`]: what people do, in their words: sign in, answer a field, send, accept.
//! - [`axe`]: the rules of accessibility; [`screens`]: every screen, for pictures and for those rules.
//!
//! The journeys are in `tests/browser/`. `cargo xtask test browser` installs and builds what they need.
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
mod display;
pub mod person;
pub mod place;
mod running;
pub mod screens;
pub mod server;
pub mod wait;
