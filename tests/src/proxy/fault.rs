//! What the network can do to a request, and to which.

/// What becomes of a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fault {
    /// It goes to the server, and the answer comes back.
    Pass,
    /// Connections are refused, and those that stand are cut.
    Offline,
    /// The server gets it and answers; of the answer nothing arrives.
    DropAnswer,
    /// The server gets it twice, at the same time; one answer arrives.
    Duplicate,
    /// It reaches the server seconds later.
    Delay,
    /// It waits until the network does something else, and then passes.
    Hold,
    /// The server answers; the answer waits until the network does something else.
    HoldAnswer,
    /// The answer ends anywhere.
    CutAnswer,
    /// The request ends anywhere in its body.
    CutRequest,
    /// The line holds for some bytes of bodies, [`HOLDS`], and cuts the request that goes beyond; then it holds anew.
    /// What was cut counts as [`Fault::CutRequest`].
    ///
    /// [`HOLDS`]: super::HOLDS
    Fragile,
    /// The answer comes a byte a second.
    Trickle,
    /// A hotel's page answers everything, with 200.
    PortalPage,
    /// A hotel sends everything to its page on another host.
    PortalRedirect,
    /// Something before the server says 503 and asks for patience.
    Busy,
    /// Something before the server takes small requests only: of [`NARROW`] bytes at most.
    ///
    /// [`NARROW`]: super::NARROW
    Narrow,
    /// Any of those that end by themselves, by chance, for each request anew.
    Mix,
}

impl Fault {
    /// What [`Fault::Mix`] chooses from; twice what lets work go on.
    pub(super) const MIXED: [Self; 10] = [
        Self::Pass,
        Self::Pass,
        Self::Delay,
        Self::Duplicate,
        Self::Duplicate,
        Self::DropAnswer,
        Self::CutAnswer,
        Self::CutRequest,
        Self::PortalPage,
        Self::Busy,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "no fault",
            Self::Offline => "no network",
            Self::DropAnswer => "answer dropped after commit",
            Self::Duplicate => "request doubled",
            Self::Delay => "request delayed",
            Self::Hold => "request held",
            Self::HoldAnswer => "answer held",
            Self::CutAnswer => "answer cut",
            Self::CutRequest => "request cut",
            Self::Fragile => "line that breaks again and again",
            Self::Trickle => "1 byte/s",
            Self::PortalPage => "portal, 200 HTML",
            Self::PortalRedirect => "portal, 302",
            Self::Busy => "503, Retry-After",
            Self::Narrow => "413 for what is large",
            Self::Mix => "all by chance",
        }
    }

    /// Whether the app gets an answer of the server at all as long as it lasts.
    pub fn lets_answers_through(self) -> bool {
        matches!(self, Self::Pass | Self::Duplicate | Self::Delay)
    }
}

/// What is done, and to which requests.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What is done.
    pub fault: Fault,
    /// How their paths begin.
    pub prefix: &'static str,
    /// How many requests more it is done to; to others nothing.
    pub times: usize,
}

impl Rule {
    /// A fault and all that it concerns.
    pub fn of(fault: Fault) -> Self {
        let everything = matches!(fault, Fault::Offline | Fault::PortalPage | Fault::PortalRedirect);
        Self { fault, prefix: if everything { "/" } else { "/api/" }, times: usize::MAX }
    }
}
