using Chimera.S4.Orders;
using static Chimera.S4.Orders.ReasonCode;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>https://developers.binance.com/docs/derivatives/usds-margined-futures/error-code</summary>
static class FuturesErrors
{
    public static Meaning Read(int status, int? code, string text)
    {
        if (status is 429 or 418) return new(VenueOutcome.NotExecuted);
        if (code is -1008 || status == 503 && SaysFailed(text)) return new(VenueOutcome.FailedVerify);
        if (status >= 500 || status == 408 || code is null) return new(VenueOutcome.Unknown);
        return code switch
        {
            -1000 or -1001 or -1006 or -1007 or -1016 => new(VenueOutcome.Unknown),
            -1003 or -1015 or -1021 or -5028 or -1034 => new(VenueOutcome.NotExecuted),
            // -4117: a stop is being triggered right now, so it is its child that is to be looked at.
            -2011 or -4117 => new(VenueOutcome.NotOpen),
            -2013 => new(VenueOutcome.NotFound),
            -4116 => new(VenueOutcome.Exists),
            -2018 => Meaning.Rejected(InsufficientBalance),
            -2019 => Meaning.Rejected(InsufficientMargin),
            -5022 => Meaning.Rejected(WouldTake),
            -2021 or -4142 => Meaning.Rejected(WouldTrigger),
            -5021 => Meaning.Rejected(FokNotFilled),
            -2022 or -2024 or -2026 => Meaning.Rejected(ReduceOnlyRejected),
            -4118 => Meaning.Rejected(ReduceOnlyLocked),
            -2025 or -4045 => Meaning.Rejected(VenueTooManyOrders),
            -1013 or -1111 or -4131 or -4164 or -4183 or -4184 or -4210 or -4211 or -4013 or -4014 or -4016 or -4023 or -4024 or (<= -4001 and >= -4007) =>
                Meaning.Rejected(VenueFilter),
            -1002 or -1022 or -2014 or -2015 or -2017 or -4056 or -4057 or -4109 => Meaning.Rejected(VenueKey),
            -2010 when text.Contains("insufficient balance", StringComparison.OrdinalIgnoreCase) => Meaning.Rejected(InsufficientBalance),
            _ => Meaning.Rejected(VenueRejected),
        };
    }

    /// <summary>Of the 503 answers, B ("Service Unavailable.") and C (throttled) say that nothing was executed; A ("Unknown error, …") and a gateway's page say nothing.</summary>
    static bool SaysFailed(string text)
    {
        // The whole text, not a part: a gateway's HTML page has "Service Unavailable" in its title.
        var words = text.Trim().TrimEnd('.');
        return words.Equals("Service Unavailable", StringComparison.OrdinalIgnoreCase)
            || words.StartsWith("Internal error; unable to process your request", StringComparison.OrdinalIgnoreCase)
            || words.StartsWith("Request throttled by system-level protection", StringComparison.OrdinalIgnoreCase)
            || words.StartsWith("Server is currently overloaded", StringComparison.OrdinalIgnoreCase);
    }
}
