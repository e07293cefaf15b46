//! The one type behind every element on screen.
//!
//! Leptos gives each tag, attribute and nesting a type of its own and compiles building, changing and dropping anew
//! for each: a third of what a phone had to download. Here an element is its tag, a list of settings and a list of
//! children, so that this code is there once; signals, owners, components and lists stay those of Leptos.
//! Invariant: drawing anew over an element of the same tag and number of children keeps the node in the page, and
//! with it focus and scroll position, unless it was to be anew or somebody holds a reference to it.

mod setting;
mod worth;

use crate::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::html::element::ElementType;
use leptos::tachys::html::node_ref::NodeRefContainer;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{Rndr, types};
use leptos::tachys::view::{
    Mountable, Position, PositionState, any_view::AnyViewState, iterators::StaticVec,
};
use leptos::wasm_bindgen::JsCast;
use send_wrapper::SendWrapper;
use setting::{Setting, SettingState};
use std::borrow::Cow;
pub use worth::IntoWorth;
use worth::{Word, Worth};

/// The namespace of drawings.
const DRAWN: &str = "http://www.w3.org/2000/svg";

/// An element to be. Behind one pointer, because every line of markup hands it on.
pub struct Element(Box<Parts>);

struct Parts {
    tag: &'static str,
    is_drawn: bool,
    is_anew: bool,
    settings: Vec<Setting>,
    children: Vec<AnyView>,
}

/// An element in the page.
pub struct ElementState {
    tag: &'static str,
    node: types::Element,
    settings: Vec<SettingState>,
    children: Vec<AnyViewState>,
}

/// Several views side by side.
pub fn together(views: Vec<AnyView>) -> StaticVec<AnyView> {
    views.into()
}

impl Element {
    /// An element of a page.
    #[inline(never)]
    pub fn new(tag: &'static str) -> Self {
        Self(Box::new(Parts {
            tag,
            is_drawn: false,
            is_anew: false,
            settings: Vec::new(),
            children: Vec::new(),
        }))
    }

    /// An element of a drawing.
    pub fn drawn(tag: &'static str) -> Self {
        let mut element = Self::new(tag);
        element.0.is_drawn = true;
        element
    }

    /// Makes it one that never takes over the node of another: what stands in it belongs to something else.
    pub fn anew(mut self) -> Self {
        self.0.is_anew = true;
        self
    }

    /// Adds an attribute that never changes.
    #[inline(never)]
    pub fn fixed(self, name: &'static str, text: &'static str) -> Self {
        self.attribute(name, Worth::Fixed(Word::Text(text.into())))
    }

    /// Adds an attribute.
    #[inline(never)]
    pub fn attribute(mut self, name: &'static str, worth: Worth) -> Self {
        self.0.settings.push(Setting::Worth { name, is_property: false, worth });
        self
    }

    /// Adds a property, which is what a control holds at this moment, whereas an attribute is what it began with.
    #[inline(never)]
    pub fn property(mut self, name: &'static str, worth: Worth) -> Self {
        self.0.settings.push(Setting::Worth { name, is_property: true, worth });
        self
    }

    /// Adds somebody who is told of an event.
    pub fn on<E>(self, event: E, mut handler: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: leptos::ev::EventDescriptor,
        E::EventType: JsCast,
    {
        let handler: Box<dyn FnMut(types::Event)> = Box::new(move |event| handler(event.unchecked_into()));
        self.listener(event.name(), handler)
    }

    #[inline(never)]
    fn listener(mut self, event: Cow<'static, str>, handler: Box<dyn FnMut(types::Event)>) -> Self {
        self.0.settings.push(Setting::Listener { event, handler: SendWrapper::new(handler) });
        self
    }

    /// Tells a reference which node it is.
    pub fn known_as<E: ElementType>(mut self, reference: impl NodeRefContainer<E>) -> Self {
        self.0.settings.push(Setting::Reference(Box::new(move |node| reference.load(node))));
        self
    }

    /// Adds a child.
    #[inline(never)]
    pub fn child(mut self, child: AnyView) -> Self {
        self.0.children.push(child);
        self
    }

    /// Adds an element.
    #[inline(never)]
    pub fn holding(self, element: Self) -> Self {
        self.child(element.into_any())
    }

    /// Adds words that never change.
    #[inline(never)]
    pub fn saying(self, words: &'static str) -> Self {
        self.child(words.into_any())
    }
}

impl Render for Element {
    type State = ElementState;

    fn build(self) -> ElementState {
        let this = *self.0;
        let node = Rndr::create_element(this.tag, this.is_drawn.then_some(DRAWN));
        let mut settings = Vec::with_capacity(this.settings.len());
        for setting in this.settings {
            settings.push(setting.apply(&node, None));
        }
        let mut children = Vec::with_capacity(this.children.len());
        for child in this.children {
            let mut child = child.build();
            child.mount(&node, None);
            children.push(child);
        }
        ElementState { tag: this.tag, node, settings, children }
    }

    fn rebuild(self, state: &mut ElementState) {
        let this = &self.0;
        let is_alike = !this.is_anew
            && this.tag == state.tag
            && this.children.len() == state.children.len()
            && this.settings.len() == state.settings.len()
            && this.settings.iter().zip(&state.settings).all(|(new, old)| new.is_same_place(old));
        if !is_alike {
            let mut new = self.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
            return;
        }
        let old = std::mem::take(&mut state.settings);
        for (new, old) in self.0.settings.into_iter().zip(old) {
            state.settings.push(new.apply(&state.node, Some(old)));
        }
        for (new, old) in self.0.children.into_iter().zip(&mut state.children) {
            new.rebuild(old);
        }
    }
}

impl Mountable for ElementState {
    fn unmount(&mut self) {
        Rndr::remove(&self.node);
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        Rndr::insert_node(parent, &self.node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = Rndr::get_parent(&self.node).and_then(|parent| parent.dyn_into::<types::Element>().ok());
        if let Some(parent) = &parent {
            child.mount(parent, Some(&self.node));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<types::Element> {
        vec![self.node.clone()]
    }
}

leptos::tachys::no_attrs!(Element);

/// What Leptos asks for where pages are written on a server; ours never are.
impl RenderHtml for Element {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> ElementState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
