//! The centre: receives ops, keeps them, judges them, and tells every phone what is new.
//!
//! Rooms: `http` (routes, statuses, the app's delivery), `store` (all SQL), `ledger` (what becomes
//! of an op), `feed` (who gets what), `background` (what a record's rules look at), `programme`
//! (forms and settings as data), `registry` (units), `auth`, `files`, `pictures` (small ones of them), `shelf` (the
//! library of media items), `documents` and `texts` (what is written in its files), `pins` (what of it every device
//! is to have), `site` (its public pages), `demo`, `office` (units and accounts from the command line), `vault`
//! (backup, restore, the way to the other engine, verification). The path of an op: `http::sync` → `ledger` → journal
//! (receipt) → `ledger::bench` (verdict) → records, feed and figures in one transaction → `news`.

pub mod app;
pub mod auth;
pub mod background;
pub mod clock;
pub mod config;
pub mod demo;
pub mod documents;
pub mod feed;
pub mod files;
pub mod http;
pub mod inspection;
pub mod ledger;
pub mod likeness;
pub mod news;
pub mod not_done;
pub mod office;
pub mod pictures;
pub mod pins;
pub mod programme;
pub mod receipts;
pub mod registry;
pub mod setup;
pub mod shelf;
pub mod site;
pub mod store;
pub mod sweeping;
pub mod tables;
pub mod texts;
pub mod uploads;
pub mod vault;

use app::{App, Inner};
use config::Config;
use lantoa_shared::programme::Fault;
use std::{future::Future, io, net::SocketAddr, path::PathBuf, time::Duration};
use tokio::{net::TcpListener, sync::watch};

/// How long requests under way may take to end after the server was told to stop.
const GRACE: Duration = Duration::from_secs(8);

/// Why the server did not start.
#[derive(Debug)]
pub enum StartError {
    /// A directory or the port.
    Io {
        /// What was attempted.
        doing: &'static str,
        /// Why it failed.
        source: io::Error,
    },
    /// The database.
    Store(store::Error),
    /// The programme's files: everything that is wrong with them.
    Programme(Vec<Fault>),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io { doing, source } => write!(formatter, "{doing}: {source}"),
            Self::Store(source) => write!(formatter, "{source}"),
            Self::Programme(faults) => {
                formatter.write_str("the programme has mistakes")?;
                faults.iter().try_for_each(|fault| write!(formatter, "\n  {fault}"))
            }
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Store(source) => Some(source),
            Self::Programme(_) => None,
        }
    }
}

impl From<store::Error> for StartError {
    fn from(source: store::Error) -> Self {
        Self::Store(source)
    }
}

/// Brings the store in line with the programme, and fills it with a demo where it is to be one.
async fn prepare(
    store: &store::Store,
    programme: &programme::Programme,
    (files, demo): (&files::Files, Option<usize>),
) -> Result<registry::Registry, store::Error> {
    let mut tx = store.write().await?;
    store::buckets::count_all_once(&mut tx).await?;
    setup::publish_programme(&mut tx, programme).await?;
    let is_new_demo = match demo {
        Some(count) => demo::populate(&mut tx, programme, count).await?,
        None => false,
    };
    let registry = registry::Registry::new(store::units::all(&mut tx).await?);
    setup::publish_units(&mut tx, &registry).await?;
    setup::make_duties(&mut tx, programme, &registry).await?;
    setup::moves::follow_recipients(&mut tx, &registry).await?;
    if is_new_demo {
        demo::reports::file(&mut tx, programme, &registry).await?;
        demo::items::file(&mut tx, (programme, &registry), files).await?;
    }
    setup::publish_duties(&mut tx, programme, &registry).await?;
    store::namings::note_all_once(&mut tx).await?;
    shelf::make_anew(&mut tx, programme, &registry).await?;
    shelf::take_off_ended(&mut tx, clock::today()).await?;
    tx.commit().await?;
    Ok(registry)
}

/// A server that is ready to answer.
pub struct Server {
    app: App,
    listener: TcpListener,
    stop: watch::Sender<bool>,
    /// The pushes that are brought.
    waiting: ledger::queue::Line,
    /// Where the other processes are heard that share the database.
    line: Option<store::notices::Line>,
    /// The state of the units when they were read.
    units: i64,
    /// Who may do what when what waits was judged.
    rights: i64,
    /// What is started to read documents.
    program: Option<PathBuf>,
}

impl Server {
    /// Opens everything, finishes what an earlier run left unjudged, and listens.
    ///
    /// # Errors
    /// One sentence on what could not be opened.
    pub async fn open(config: &Config) -> Result<Self, StartError> {
        let doing = |doing| move |source| StartError::Io { doing, source };
        tokio::fs::create_dir_all(&config.data).await.map_err(doing("making the data directory"))?;
        let assets = match &config.app {
            Some(directory) => {
                Some(http::assets::Assets::read(directory).map_err(doing("reading the app directory"))?)
            }
            None => None,
        };
        let files = files::Files::open(&config.data.join("files"), &config.files)
            .await
            .map_err(doing("opening the files"))?;
        let uploads = uploads::Uploads::open(&config.data.join("files/uploads"))
            .await
            .map_err(doing("making the uploads directory"))?;
        let pictures = pictures::Pictures::open(&config.data.join("pictures"))
            .await
            .map_err(doing("making the pictures directory"))?;
        let store = store::Store::open(&config.place).await?;
        let epoch = store.epoch(&auth::token::random_hex::<16>()).await?;
        let programme = programme::Programme::load(&config.programme).map_err(StartError::Programme)?;
        let missing = setup::missing_versions(&mut *store.read().await?, &programme).await?;
        if !missing.is_empty() {
            return Err(StartError::Programme(missing));
        }
        let edited = setup::edited_versions(&mut *store.read().await?, &programme).await?;
        if !edited.is_empty() && config.demo.is_none() {
            return Err(StartError::Programme(edited));
        }
        for fault in edited {
            // Whoever writes a form tries it in a demo first; nobody reports there.
            tracing::warn!("{fault}");
        }
        let name = auth::token::random_hex::<8>();
        // Listening before anything is read: what changes meanwhile is heard of.
        let line = store::notices::Line::open(&config.place, &name).await?;
        let units = store::facts::number(&mut *store.read().await?, store::facts::UNITS).await?;
        let rights = store::facts::number(&mut *store.read().await?, store::facts::RIGHTS).await?;
        let registry = prepare(&store, &programme, (&files, config.demo)).await?;
        let (stop, stopping) = watch::channel(false);
        let (queue, waiting) = ledger::queue::queue();
        let app = App::new(Inner {
            store,
            name,
            epoch,
            queue,
            programme,
            current: registry::Current::new(registry),
            board: tables::board::Board::default(),
            news: news::News::new(),
            files,
            uploads,
            pictures,
            passwords: auth::password::Checker::new(),
            throttle: auth::throttle::Throttle::default(),
            behind_proxy: config.behind_proxy,
            public_url: config.public_url.clone(),
            assets,
            stopping,
        });
        ledger::catch_up(&app).await?;
        ledger::again::everything(&app).await?;
        let listener = TcpListener::bind(config.listen).await.map_err(doing("listening on the port"))?;
        Ok(Self { app, listener, stop, waiting, line, units, rights, program: config.program.clone() })
    }

    /// Where the server listens.
    ///
    /// # Errors
    /// If the operating system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until `stop` is over, then lets those under way end.
    ///
    /// # Errors
    /// If the port fails.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let router = http::router(self.app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let app = &self.app;
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(ledger::queue::follow(app.clone(), self.waiting));
        tasks.spawn(setup::follow_the_calendar(app.clone()));
        tasks.spawn(tables::warm(app.clone()));
        tasks.spawn(ledger::again::follow(app.clone(), self.rights));
        tasks.spawn(setup::follow_units(app.clone(), self.units));
        if let Some(program) = self.program {
            tasks.spawn(texts::follow(app.clone(), program));
        }
        if let Some(line) = self.line {
            tasks.spawn(news::hear(app.clone(), line));
        }
        let stopper = self.stop;
        let mut stopped = self.app.stopping.clone();
        let serving = axum::serve(self.listener, router).with_graceful_shutdown(async move {
            stop.await;
            // Event streams would never end by themselves.
            stopper.send_replace(true);
        });
        let overdue = async {
            let _ = stopped.wait_for(|stopping| *stopping).await;
            tokio::time::sleep(GRACE).await;
        };
        let served = tokio::select! {
            served = serving.into_future() => served,
            () = overdue => Ok(()),
        };
        // A renewal under way is a transaction: cut off, it changes nothing.
        tasks.shutdown().await;
        self.app.store.close().await;
        served
    }
}
