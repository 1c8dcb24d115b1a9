namespace Chimera.S4.Router.Journal;

/// <summary>The database will not take this record, however often it is asked: S4 has written something wrong. It goes to <c>s4-journal_error</c>, where somebody is alerted, and keeps no other record waiting.</summary>
public sealed class JournalRefusedException(string message) : Exception(message);
