namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Reads from a request's text, which is all that the journal keeps of it, whether it can only reduce risk.</summary>
static class Protection
{
    public static Urgency In(string parameters) =>
        Has(parameters, "reduceOnly=true") || Has(parameters, "closePosition=true") || Has(parameters, "type=STOP_LOSS") || Has(parameters, "type=STOP_LOSS_LIMIT")
        || Has(parameters, "type=TAKE_PROFIT") || Has(parameters, "type=TAKE_PROFIT_LIMIT")
            ? Urgency.Urgent
            : Urgency.Order;

    public static bool Names(string parameters, string name) => parameters.Split('&').Any(parameter => parameter.StartsWith(name + "=", StringComparison.Ordinal));

    static bool Has(string parameters, string parameter) => parameters.Split('&').Contains(parameter);
}
