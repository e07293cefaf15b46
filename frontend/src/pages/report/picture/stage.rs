//! The picture on the screen, and on top of it the part that is chosen, which hands and keys move.
//!
//! Invariant: nothing here changes the picture; a part is only chosen.

use super::{Bench, deeds::Part};
use crate::i18n::{Say, picture};
use crate::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast as _;
use web_sys::Element;

/// How far a key moves a part, in parts of the picture.
const STEP: f64 = 0.02;
/// How near to a corner a finger takes hold of it, in pixels of the screen.
const NEAR: f64 = 28.0;
/// What a finger does to the part.
#[derive(Clone, Copy)]
enum Hold {
    /// It draws a new one, or pulls a corner: this is the corner across.
    Pull((f64, f64)),
    /// It moves it: this is where it was last.
    Move((f64, f64)),
}

/// The picture with the part that is chosen, which hands and keys move.
pub(super) fn stage(say: Say, bench: Bench) -> AnyView {
    let (stage, part) = (NodeRef::<html::Div>::new(), bench.part);
    let held = StoredValue::new(None::<Hold>);
    // Where on the picture, in parts of it, and how many of these a corner is wide.
    let place = move |event: &ev::PointerEvent| -> Option<((f64, f64), (f64, f64))> {
        let stage: Element = stage.get_untracked()?.unchecked_into();
        let shape = stage.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()) - shape.left(), f64::from(event.client_y()) - shape.top());
        let (wide, high) = (shape.width().max(1.0), shape.height().max(1.0));
        Some(((x / wide, y / high), (NEAR / wide, NEAR / high)))
    };
    let take = move |event: ev::PointerEvent| {
        let Some((at, near)) = place(&event) else { return };
        event.prevent_default();
        if let Some(stage) = stage.get_untracked() {
            let stage: Element = stage.unchecked_into();
            let _ = stage.set_pointer_capture(event.pointer_id());
        }
        held.set_value(Some(hold(part.get_untracked(), at, near, bench.is_hidden.get_untracked())));
    };
    let pull = move |event: ev::PointerEvent| {
        let (Some(hold), Some((at, _))) = (held.get_value(), place(&event)) else { return };
        bench.is_hidden.set(false);
        match hold {
            Hold::Pull(across) => part.set(Part::between(across, at)),
            Hold::Move(from) => {
                part.update(|part| *part = part.moved(at.0 - from.0, at.1 - from.1));
                held.set_value(Some(Hold::Move(at)));
            }
        }
    };
    let let_go = move |_: ev::PointerEvent| held.set_value(None);
    let press = move |event: ev::KeyboardEvent| {
        let (x, y) = match event.key().as_str() {
            "ArrowLeft" => (-STEP, 0.0),
            "ArrowRight" => (STEP, 0.0),
            "ArrowUp" => (0.0, -STEP),
            "ArrowDown" => (0.0, STEP),
            _ => return,
        };
        event.prevent_default();
        bench.is_hidden.set(false);
        let is_sizing = event.shift_key();
        part.update(|part| *part = if is_sizing { part.resized(x, y) } else { part.moved(x, y) });
    };
    view! {
        <div
            class="editor-stage"
            node_ref=stage
            on:pointerdown=take
            on:pointermove=pull
            on:pointerup=let_go
            on:pointercancel=let_go
        >
            <canvas class="editor-canvas" node_ref=bench.canvas aria-hidden="true"></canvas>
            {selection(say, part, press)}
        </div>
    }
    .into_any()
}

fn selection(say: Say, part: RwSignal<Part>, press: impl Fn(ev::KeyboardEvent) + 'static) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    // By the object model: the policy of this site allows no style in the markup.
    effect(move || {
        let Part { left, top, width, height } = part.get();
        let Some(node) = node.get() else { return };
        let style = web_sys::HtmlElement::style(&node);
        for (name, length) in [("left", left), ("top", top), ("width", width), ("height", height)] {
            let _ = style.set_property(name, &percent(length));
        }
    });
    view! {
        <div
            class="editor-part"
            node_ref=node
            tabindex="0"
            role="application"
            aria-label=say.of(picture::PART)
            data-test="part"
            on:keydown=press
        >
            <i></i><i></i><i></i><i></i>
        </div>
    }
    .into_any()
}

/// What a finger at a point does. Faces of a class are small and stand side by side: a corner leaves two thirds of each
/// side to move the part by, and once the part is hidden, it takes nothing that lies beside it.
fn hold(part: Part, at: (f64, f64), near: (f64, f64), is_hidden: bool) -> Hold {
    let (x, across_x, grips_x) = side(at.0, part.left, part.width, near.0, is_hidden);
    let (y, across_y, grips_y) = side(at.1, part.top, part.height, near.1, is_hidden);
    match () {
        () if grips_x && grips_y => Hold::Pull((across_x, across_y)),
        () if x <= 0.0 && y <= 0.0 => Hold::Move(at),
        () => Hold::Pull(at),
    }
}

/// Of the nearer end of a side: how far outside of it the point lies, which end is across, and whether it is taken
/// hold of.
fn side(at: f64, low: f64, length: f64, near: f64, is_hidden: bool) -> (f64, f64, bool) {
    let high = low + length;
    let (outside, across) = if at < low + length / 2.0 { (low - at, high) } else { (at - high, low) };
    let beside = if is_hidden { 0.0 } else { near };
    (outside, across, outside <= beside && outside >= -near.min(length / 3.0))
}

/// A length in parts of the whole, as a style says it: in hundredths of a percent, because writing fractions of
/// floating numbers would cost 15 kB.
fn percent(length: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 10 000")]
    let hundredths = (length * 10_000.0).round() as i32;
    format!("calc({hundredths}% / 100)")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Part = Part { left: 0.1, top: 0.2, width: 0.06, height: 0.09 };
    const NEAR: (f64, f64) = (0.085, 0.11);

    #[test]
    fn a_small_part_is_moved_by_its_middle_and_pulled_by_the_nearest_corner() {
        assert!(matches!(hold(FACE, (0.13, 0.245), NEAR, false), Hold::Move(_)));
        let Hold::Pull(across) = hold(FACE, (0.17, 0.3), NEAR, false) else { panic!("it moves") };
        assert_eq!(across, (FACE.left, FACE.top));
        let Hold::Pull((x, y)) = hold(FACE, (0.095, 0.195), NEAR, false) else { panic!("it moves") };
        assert!((x - 0.16).abs() < 1e-9 && (y - 0.29).abs() < 1e-9);
    }

    #[test]
    fn a_face_beside_a_hidden_one_gets_a_part_of_its_own() {
        let beside = (0.18, 0.2);
        let Hold::Pull(from) = hold(FACE, beside, NEAR, true) else { panic!("it moves") };
        assert_eq!(from, beside);
        let Hold::Pull(from) = hold(FACE, (0.5, 0.5), NEAR, false) else { panic!("it moves") };
        assert_eq!(from, (0.5, 0.5));
    }
}
