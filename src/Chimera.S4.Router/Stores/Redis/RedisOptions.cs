using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>How the router reaches Redis. Environment: <c>S4_REDIS_ADDRESSES</c>, <c>S4_REDIS_PASSWORD</c>, <c>S4_REDIS_TIMEOUT_MS</c>, <c>S4_RESULTS_MAX_LENGTH</c>.</summary>
public sealed class RedisOptions
{
    public const string AddressesVariable = "S4_REDIS_ADDRESSES";
    public const string PasswordVariable = "S4_REDIS_PASSWORD";
    public const string TimeoutVariable = "S4_REDIS_TIMEOUT_MS";
    public const string ResultsMaxLengthVariable = "S4_RESULTS_MAX_LENGTH";
    internal const int DefaultResultsMaxLength = 100_000;

    /// <summary>The primary and, if any, its replicas: <c>host:port[,host:port…]</c>. Not a cluster. Absent: state is kept in SQLite.</summary>
    public string Addresses { get; set; } = "";

    /// <summary>Password of the default user; empty: none. Never logged.</summary>
    public string Password { get; set; } = "";

    /// <summary>How long one call may take before it counts as unanswered, and a connection may stay silent meanwhile. Default 3 s; 0.1 to 30 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>About how many lines <c>ord:results</c> keeps; older ones are trimmed. Default 100,000; 1,000 to 10,000,000.</summary>
    public int ResultsMaxLength { get; set; } = DefaultResultsMaxLength;

    internal void Read(IConfiguration configuration)
    {
        Addresses = EnvironmentValue.Text(configuration, AddressesVariable, "");
        Password = configuration[PasswordVariable] ?? "";
        CallTimeout = TimeSpan.FromMilliseconds(EnvironmentValue.Whole(configuration, TimeoutVariable, 100, 30_000, 3000, "milliseconds"));
        ResultsMaxLength = ReadResultsMaxLength(configuration);
    }

    internal static int ReadResultsMaxLength(IConfiguration configuration) =>
        EnvironmentValue.Whole(configuration, ResultsMaxLengthVariable, 1000, 10_000_000, DefaultResultsMaxLength, "lines");

    /// <exception cref="FormatException">An address is not host:port.</exception>
    internal IReadOnlyList<DnsEndPoint> EndPoints() => [.. Addresses.Split(',', StringSplitOptions.TrimEntries).Select(EndPoint)];

    static DnsEndPoint EndPoint(string address)
    {
        var colon = address.LastIndexOf(':');
        var host = colon > 0 ? address[..colon].Trim('[', ']') : "";
        return host.Length > 0 && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            ? new DnsEndPoint(host, port)
            : throw new FormatException($"'{address}' is not host:port with a port from 1 to 65535, such as 127.0.0.1:6379; separate several by commas");
    }

    internal sealed class Check : IValidateOptions<RedisOptions>
    {
        public ValidateOptionsResult Validate(string? name, RedisOptions options)
        {
            try
            {
                options.EndPoints();
                return ValidateOptionsResult.Success;
            }
            catch (FormatException e)
            {
                return ValidateOptionsResult.Fail($"{AddressesVariable}: {e.Message}.");
            }
        }
    }
}
