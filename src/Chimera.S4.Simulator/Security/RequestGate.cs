using System.Globalization;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Security;

/// <summary>Key, timestamp and signature of a request, in the order in which Binance complains about them.</summary>
internal sealed class RequestGate(params ICredentials[] known)
{
    /// <summary>The credentials that the key names.</summary>
    public ICredentials CheckKey(string? apiKey)
    {
        if (string.IsNullOrEmpty(apiKey) || !apiKey.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new VenueError(-2014, "API-key format invalid.", 401);
        return known.FirstOrDefault(k => k.ApiKey == apiKey) ?? throw new VenueError(-2015, "Invalid API-key, IP, or permissions for action.", 401);
    }

    /// <summary>Checks a signed request as it arrives; the fence it returns is checked again before the engine.</summary>
    public Fence Check(ICredentials credentials, Func<string, string?> parameter, Func<string> payload, long now)
    {
        var signature = parameter("signature");
        var timestamp = Timestamp(parameter("timestamp"));
        var fence = new Fence(timestamp, RecvWindow(parameter("recvWindow")));
        if (string.IsNullOrEmpty(signature)) throw VenueError.Missing("signature");
        fence.CheckAtGateway(now);
        if (!credentials.Verify(payload(), signature)) throw new VenueError(-1022, "Signature for this request is not valid.");
        return fence;
    }

    private static decimal Timestamp(string? text)
    {
        // 16 digits are microseconds.
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) throw VenueError.Missing("timestamp");
        return value >= 1_000_000_000_000_000 ? value / 1000m : value;
    }

    private static decimal RecvWindow(string? text)
    {
        if (string.IsNullOrEmpty(text)) return 5000;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || Instruments.Instrument.Decimals(value) > 3)
            throw new VenueError(-1100, @"Illegal characters found in parameter 'recvWindow'; legal range is '^[0-9]{1,5}(\.[0-9]{1,3})?$'.");
        if (value > 60_000) throw new VenueError(-1131, "Parameter 'recvWindow' must be less than or equal to 60000.");
        return value;
    }
}
