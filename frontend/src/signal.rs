//! The one kind of signal, one of memo and one of derived value behind all that the screen follows.
//!
//! Leptos compiles its signals anew for each type of value: storing, borrowing, telling and dropping. Here a value
//! lies behind a pointer, so that this machinery is there once, and what is compiled for each type is only the way in
//! and out. Tracking, owners and the order of effects are those of Leptos.
//! Invariant: what a handle of type `T` leads to is a `T`; only the constructors of that handle write into it.

use leptos::prelude as leptos;
use leptos::{ReadUntracked as _, Track as _, Write as _};
use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

/// What may be held.
type Anything = dyn Any + Send + Sync;

/// A value that is held.
struct Held {
    value: Box<Anything>,
    /// Whether a new value tells the same as the old one; asked for memos only.
    is_same: fn(&Anything, &Anything) -> bool,
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(&*self.value, &*other.value)
    }
}

impl Held {
    fn new<T: Send + Sync + 'static>(value: T) -> Self {
        Self { value: Box::new(value), is_same: |_, _| false }
    }

    fn comparable<T: PartialEq + Send + Sync + 'static>(value: T) -> Self {
        let is_same = |one: &Anything, other: &Anything| one.downcast_ref::<T>() == other.downcast_ref::<T>();
        Self { value: Box::new(value), is_same }
    }
}

/// Where a value comes from.
#[derive(Clone, Copy)]
enum Source {
    Signal(leptos::RwSignal<Held>),
    Memo(leptos::Memo<Held>),
    Derived(leptos::StoredValue<Arc<dyn Fn() -> Held + Send + Sync>>),
}

/// A value being looked at.
enum Look {
    Signal(<leptos::RwSignal<Held> as leptos::ReadUntracked>::Value),
    Memo(<leptos::Memo<Held> as leptos::ReadUntracked>::Value),
    Derived(Held),
}

impl Look {
    fn at<T: 'static>(&self) -> Option<&T> {
        self.held().value.downcast_ref()
    }

    #[inline(never)]
    fn held(&self) -> &Held {
        match self {
            Self::Signal(held) => held.deref(),
            Self::Memo(held) => held.deref(),
            Self::Derived(held) => held,
        }
    }
}

impl Source {
    /// Looks at the value, if its owner is still there.
    #[inline(never)]
    fn look(self) -> Option<Look> {
        self.track();
        self.look_untracked()
    }

    #[inline(never)]
    fn look_untracked(self) -> Option<Look> {
        match self {
            Self::Signal(signal) => signal.try_read_untracked().map(Look::Signal),
            Self::Memo(memo) => memo.try_read_untracked().map(Look::Memo),
            Self::Derived(derive) => {
                let derive = leptos::GetValue::try_get_value(&derive)?;
                Some(Look::Derived(derive()))
            }
        }
    }

    #[inline(never)]
    fn track(self) {
        match self {
            Self::Signal(signal) => signal.track(),
            Self::Memo(memo) => memo.track(),
            // What it asks is tracked while it is asked.
            Self::Derived(_) => {}
        }
    }
}

/// Ends a use of a signal whose owner is gone. Like Leptos we take it for a fault of ours, not of any data.
#[cold]
#[inline(never)]
fn gone() -> ! {
    panic!("a signal was used after the part of the screen that owned it was gone")
}

/// Writes the handle of a kind of signal and the ways of reading it.
macro_rules! handle {
    ($(#[$doc:meta])* $name:ident, $source:ty, $into:expr) => {
        $(#[$doc])*
        pub struct $name<T>($source, PhantomData<fn() -> T>);

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T: 'static> $name<T> {
            fn source(self) -> Source {
                $into(self.0)
            }

            /// Reads the value and follows it.
            pub fn with<O>(self, read: impl FnOnce(&T) -> O) -> O {
                let look = self.source().look().unwrap_or_else(|| gone());
                look.at().map(read).unwrap_or_else(|| gone())
            }

            /// Reads the value once.
            pub fn with_untracked<O>(self, read: impl FnOnce(&T) -> O) -> O {
                self.try_with_untracked(read).unwrap_or_else(|| gone())
            }

            /// Reads the value once, if its owner is still there.
            pub fn try_with_untracked<O>(self, read: impl FnOnce(&T) -> O) -> Option<O> {
                let look = self.source().look_untracked()?;
                look.at().map(read)
            }
        }

        impl<T: Clone + 'static> $name<T> {
            /// The value, which is followed.
            pub fn get(self) -> T {
                self.with(T::clone)
            }

            /// The value at this moment.
            pub fn get_untracked(self) -> T {
                self.with_untracked(T::clone)
            }
        }
    };
}

handle!(
    /// A value that is read, followed and replaced.
    RwSignal,
    leptos::RwSignal<Held>,
    Source::Signal
);
handle!(
    /// A value computed from signals, told of only when it differs.
    Memo,
    leptos::Memo<Held>,
    Source::Memo
);
handle!(
    /// A value to follow, wherever it comes from.
    Signal,
    Source,
    std::convert::identity
);

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal that begins with a value.
    pub fn new(value: T) -> Self {
        Self(leptos::RwSignal::new(Held::new(value)), PhantomData)
    }

    /// Replaces the value; one that nobody can see any more is let go.
    pub fn set(self, value: T) {
        self.try_set(value);
    }

    /// Replaces the value. Returns whether its owner is still there.
    pub fn try_set(self, value: T) -> bool {
        replace(self.0, Held::new(value))
    }

    /// Changes the value in its place, if its owner is still there.
    pub fn update<O>(self, change: impl FnOnce(&mut T) -> O) {
        if let Some(mut held) = self.0.try_write()
            && let Some(value) = held.value.downcast_mut()
        {
            change(value);
        }
    }

    /// Follows the value without reading it.
    pub fn track(self) {
        self.0.track();
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    /// The value at this moment, if its owner is still there.
    pub fn try_get_untracked(self) -> Option<T> {
        self.try_with_untracked(T::clone)
    }
}

impl<T: Default + Send + Sync + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

#[inline(never)]
fn replace(signal: leptos::RwSignal<Held>, held: Held) -> bool {
    let old = signal.try_write();
    let is_there = old.is_some();
    if let Some(mut old) = old {
        *old = held;
    }
    is_there
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// A memo of what a question answers.
    pub fn new(ask: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let ask: Box<dyn Fn() -> Held + Send + Sync> = Box::new(move || Held::comparable(ask()));
        Self(leptos::Memo::new(move |_| ask()), PhantomData)
    }
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// A value that is asked for whenever somebody reads it.
    pub fn derive(ask: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let ask: Arc<dyn Fn() -> Held + Send + Sync> = Arc::new(move || Held::new(ask()));
        Self(Source::Derived(leptos::StoredValue::new(ask)), PhantomData)
    }

    /// A value that stays.
    pub fn stored(value: T) -> Self {
        RwSignal::new(value).into()
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self(Source::Signal(signal.0), PhantomData)
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self(Source::Memo(memo.0), PhantomData)
    }
}
