using Chimera.S4.Orders;
using static Chimera.S4.Orders.ReasonCode;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>https://developers.binance.com/docs/binance-spot-api-docs/errors</summary>
static class SpotErrors
{
    public static Meaning Read(int status, int? code, string text)
    {
        if (status is 429 or 418) return new(VenueOutcome.NotExecuted);
        // 5XX: "execution status unknown, never treat as failed". 408, and anything that is not the API's own JSON: a gateway spoke, and the engine may have seen the order.
        if (status >= 500 || status == 408 || code is null) return new(VenueOutcome.Unknown);
        return code switch
        {
            -1000 or -1001 or -1006 or -1007 or -1008 or -1016 => new(VenueOutcome.Unknown),
            -1003 or -1015 or -1021 or -1034 => new(VenueOutcome.NotExecuted),
            -2011 => new(VenueOutcome.NotOpen),
            // -2018: an order list.
            -2013 or -2018 => new(VenueOutcome.NotFound),
            -2010 => NewOrderRejected(text),
            -1013 => Meaning.Rejected(Filter(text)),
            -1111 => Meaning.Rejected(VenueFilter),
            -1002 or -1022 or -2014 or -2015 => Meaning.Rejected(VenueKey),
            _ => Meaning.Rejected(VenueRejected),
        };
    }

    /// <summary>-2010 is one number for many reasons; its text decides.</summary>
    static Meaning NewOrderRejected(string text)
    {
        bool Says(string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
        if (Says("Duplicate order sent")) return new(VenueOutcome.Exists);
        if (Says("insufficient balance")) return Meaning.Rejected(InsufficientBalance);
        if (Says("immediately match and take")) return Meaning.Rejected(WouldTake);
        if (Says("would trigger immediately")) return Meaning.Rejected(WouldTrigger);
        if (Says("Filter failure")) return Meaning.Rejected(Filter(text));
        if (Says("not permitted") || Says("may not place") || Says("disabled on this account")) return Meaning.Rejected(VenueKey);
        return Meaning.Rejected(VenueRejected);
    }

    static ReasonCode Filter(string text) => text.Contains("MAX_NUM_", StringComparison.Ordinal) ? VenueTooManyOrders : VenueFilter;
}
