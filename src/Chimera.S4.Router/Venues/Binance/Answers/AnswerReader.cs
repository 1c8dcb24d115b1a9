using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Change: of an order that exists, or of a setting; what it changes stays where it is when it is refused.</summary>
enum RequestKind { Place, Cancel, Query, Change }

/// <summary>Turns a reply about one order into its meaning (reference binance §5): the one place where that is decided.</summary>
/// <param name="watch">Hears what REST tells of orders, and holds the stream to it.</param>
sealed class AnswerReader(VenueDialect dialect, ServerClock clock, StreamWatch watch)
{
    const int MaxText = 500;

    public VenueAnswer Read(HttpReply reply, RequestKind kind)
    {
        var answer = Classify(reply, kind);
        VenueMeter.Answer(dialect.Market, kind.ToString(), answer.Outcome);
        if (answer.Order is { } order) watch.Told(order);
        return answer;
    }

    VenueAnswer Classify(HttpReply reply, RequestKind kind)
    {
        if (reply.Failure is HttpFailure.NotSent) return new() { Outcome = VenueOutcome.NotSent, VenueText = Cut(reply.Body) };
        if (reply.Failure is HttpFailure.Held) return new() { Outcome = VenueOutcome.NotExecuted, RetryAfter = reply.RetryAfter, VenueText = Cut(reply.Body) };
        if (reply.Failure is HttpFailure.Broken) return new() { Outcome = VenueOutcome.Unknown, HttpStatus = reply.Status == 0 ? null : reply.Status, VenueText = Cut(reply.Body) };
        if (reply.IsSuccess) return Success(reply);

        var error = reply.Error;
        var text = error?.Text ?? reply.Body;
        var meaning = For(kind, dialect.Errors(reply.Status, error?.Code, text));
        return new()
        {
            Outcome = meaning.Outcome,
            Reason = meaning.Reason,
            HttpStatus = reply.Status,
            VenueCode = error?.Code,
            VenueText = Cut(text),
            RetryAfter = meaning.Outcome is VenueOutcome.NotExecuted or VenueOutcome.FailedVerify ? Hold.After(reply, error?.Code, text, clock.Now) : null,
        };
    }

    VenueAnswer Success(HttpReply reply)
    {
        try
        {
            if (reply.Json is { } json) return new() { Outcome = VenueOutcome.Known, Order = dialect.ReadOrder(json), HttpStatus = reply.Status };
        }
        catch (WireException problem)
        {
            return new() { Outcome = VenueOutcome.Unknown, HttpStatus = reply.Status, VenueText = Cut($"{problem.Message}: {reply.Body}") };
        }
        return new() { Outcome = VenueOutcome.Unknown, HttpStatus = reply.Status, VenueText = Cut(reply.Body) };
    }

    static Meaning For(RequestKind kind, Meaning meaning) => (kind, meaning.Outcome) switch
    {
        (RequestKind.Place, VenueOutcome.NotOpen or VenueOutcome.NotFound) => Meaning.Rejected(ReasonCode.VenueRejected),
        (RequestKind.Cancel or RequestKind.Change, VenueOutcome.NotFound) => new(VenueOutcome.NotOpen),
        (RequestKind.Change, VenueOutcome.Exists) => Meaning.Rejected(ReasonCode.VenueRejected),
        // A look that was refused says nothing of the order, so a query never answers Rejected.
        (RequestKind.Query, VenueOutcome.NotOpen or VenueOutcome.Rejected or VenueOutcome.Exists) => meaning with { Outcome = VenueOutcome.Unknown },
        // Only a placement must not be repeated unseen.
        (not RequestKind.Place, VenueOutcome.FailedVerify) => new(VenueOutcome.NotExecuted),
        _ => meaning,
    };

    static string? Cut(string text) => text.Length == 0 ? null : text.Length > MaxText ? text[..MaxText] : text;
}
