using System.Diagnostics.Metrics;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>What the adapter counts.</summary>
static class VenueMeter
{
    static readonly Meter Meter = new("Chimera.S4.Router");
    static readonly Counter<long> UnknownWords = Meter.CreateCounter<long>("s4.venue.unknown_words", description: "Words, events and messages from the venue that the adapter does not know, by field");
    static readonly Counter<long> Passed = Meter.CreateCounter<long>("s4.venue.events_passed_over", description: "User stream events that the router knows and has no use for, by event");
    static readonly Counter<long> Answers = Meter.CreateCounter<long>("s4.venue.answers", description: "Answers to requests about orders, by outcome");
    static readonly Counter<long> Connects = Meter.CreateCounter<long>("s4.venue.stream_connects", description: "Stream connections that were established");

    static readonly Gauge<double> RateUse = Meter.CreateGauge<double>("s4.venue.rate_used", description: "Used part of a limit of the venue in its present window, 0–1, by limit");
    static readonly Counter<long> RateRefusals = Meter.CreateCounter<long>("s4.venue.rate_refused", description: "Requests that the rate budget did not let go, by limit and urgency");
    static readonly Histogram<double> Holds = Meter.CreateHistogram<double>("s4.venue.holds", "s", "Holds after a 429 or a ban, by scope");

    public static void RateUsed(Market market, string limit, double part) => RateUse.Record(part, new("market", market.ToString()), new("limit", limit));

    public static void RateRefused(Market market, string limit, Urgency urgency) =>
        RateRefusals.Add(1, new("market", market.ToString()), new("limit", limit), new("urgency", urgency.ToString()));

    public static void Held(Market market, string scope, TimeSpan time) => Holds.Record(time.TotalSeconds, new("market", market.ToString()), new("scope", scope));

    public static void UnknownWord(Market market, string field, string? word) =>
        UnknownWords.Add(1, new("market", market.ToString()), new("field", field), new("word", word is { Length: > 40 } ? word[..40] : word));

    /// <summary>A stream event that is nothing for the router; one that it does not know is an unknown word.</summary>
    public static void PassedOver(Market market, string? @event, bool isKnown)
    {
        if (isKnown) Passed.Add(1, new("market", market.ToString()), new("event", @event));
        else UnknownWord(market, "event", @event);
    }

    public static void Answer(Market market, string request, VenueOutcome outcome) =>
        Answers.Add(1, new("market", market.ToString()), new("request", request), new("outcome", outcome.ToString()));

    public static void Connected(string stream) => Connects.Add(1, new KeyValuePair<string, object?>("stream", stream));
}
