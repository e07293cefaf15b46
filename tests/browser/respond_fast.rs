//! The app answers fast on a slow phone: the processor four times slower, every typed field of a section.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::{Control, Person};
use lantoa_tests::server::Server;
use serde_json::json;

/// From a key pressed to the next frame drawn; what people still feel as at once.
const MOST_MS: f64 = 100.0;

#[ignore = "a measurement, which depends on what else the machine does: run it by name on a quiet one"]
#[tokio::test]
async fn no_field_takes_longer_than_a_tenth_of_a_second_on_a_slow_phone() -> Result<()> {
    let server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    person.open_duty("FA", "2026-year").await?;
    person.browser.slow_down(4).await?;
    let mut slow = Vec::new();
    loop {
        for asked in person.asked().await? {
            if !matches!(asked.control, Control::Number | Control::Text) {
                continue;
            }
            let took = best_response_ms(&person, &asked.field).await?;
            if took > MOST_MS {
                slow.push(format!("{}: {took:.0} ms", asked.field));
            }
        }
        if !person.next().await? {
            break;
        }
    }
    ensure!(slow.is_empty(), "{}", slow.join(", "));
    Ok(())
}

/// The best of a few tries: what the app itself needs, whatever else this machine does at the moment.
async fn best_response_ms(person: &Person, field: &str) -> Result<f64> {
    let mut best = f64::MAX;
    for _ in 0..4 {
        best = best.min(response_ms(person, field).await?);
        if best <= MOST_MS {
            break;
        }
    }
    Ok(best)
}

/// Types one digit as the browser itself would report it, and waits for the frame after.
async fn response_ms(person: &Person, field: &str) -> Result<f64> {
    let code = "
        const [css, done] = [arguments[0], arguments[arguments.length - 1]];
        const input = document.querySelector(css);
        input.focus();
        const start = performance.now();
        input.value = '3';
        input.dispatchEvent(new InputEvent('input', { bubbles: true, data: '3', inputType: 'insertText' }));
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));";
    let css = json!(format!("[data-field={field}] :is(input, textarea)"));
    let took = person.browser.driver().execute_async(code, vec![css]).await?;
    Ok(took.json().as_f64().unwrap_or(f64::MAX))
}
