-- What is written in the documents of the library: the folded words by which they are found, each once, and the text
-- itself. Drawn out of the files, so it may be thrown away and is drawn again; empty where nothing can be read.
CREATE TABLE texts (
    sha256 TEXT NOT NULL PRIMARY KEY REFERENCES files (sha256) ON DELETE CASCADE,
    words  TEXT NOT NULL,
    body   TEXT NOT NULL
);
