namespace Chimera.S4.Router.Journal.Arango;

/// <summary>What an answer means, the worst last.</summary>
enum ArangoOutcome
{
    Done,

    /// <summary>What was to be made is there already.</summary>
    AlreadyThere,

    /// <summary>Somebody else wrote the same document at the same moment: ask again, at once.</summary>
    Conflict,

    /// <summary>Database or collection is gone: make them, then ask again.</summary>
    Absent,

    /// <summary>Not now: overload, maintenance, no permission yet. Ask again, for as long as it takes.</summary>
    Retry,

    /// <summary>Never: what was asked is wrong.</summary>
    Mistake,
}

/// <summary>Error numbers of ArangoDB. https://docs.arangodb.com/stable/develop/error-codes-and-meanings/</summary>
static class ArangoErrors
{
    const int BadParameter = 10, LockTimeout = 18, Locked = 28, Deadlock = 29, CorruptedJson = 600;
    const int Conflict = 1200, CollectionNotFound = 1203, HandleBad = 1205, DuplicateName = 1207, UniqueConstraint = 1210, DocumentTooLarge = 1216, KeyBad = 1221, TypeInvalid = 1227, DatabaseNotFound = 1228;
    const int QueryKilled = 1500, ValidationFailed = 1620;

    public static ArangoOutcome Outcome(int status, int number) => number switch
    {
        DuplicateName or UniqueConstraint => ArangoOutcome.AlreadyThere,
        Conflict or LockTimeout or Locked or Deadlock => ArangoOutcome.Conflict,
        CollectionNotFound or DatabaseNotFound => ArangoOutcome.Absent,
        BadParameter or CorruptedJson or HandleBad or DocumentTooLarge or KeyBad or TypeInvalid or ValidationFailed => ArangoOutcome.Mistake,
        > QueryKilled and < 1600 => ArangoOutcome.Mistake,         // an AQL text that the server cannot run
        _ => status is 400 or 404 or 405 or 413 or 501 ? ArangoOutcome.Mistake : ArangoOutcome.Retry,
    };
}
