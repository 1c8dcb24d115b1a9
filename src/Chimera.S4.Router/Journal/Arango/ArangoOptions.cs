using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Chimera.S4.Router.Stores;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Journal.Arango;

/// <summary>How the router reaches ArangoDB. Environment: <c>S4_DB_ARANGO_URLS</c>, <c>_DATABASE</c>, <c>_USER</c>, <c>_PASSWORD</c>, <c>_JWT</c>, <c>_AUTH</c>, <c>_CA_FILE</c>, <c>_TIMEOUT_MS</c>.</summary>
public sealed partial class ArangoOptions
{
    public const string UrlsVariable = "S4_DB_ARANGO_URLS";
    public const string DatabaseVariable = "S4_DB_ARANGO_DATABASE";
    public const string AuthVariable = "S4_DB_ARANGO_AUTH";
    public const string CaFileVariable = "S4_DB_ARANGO_CA_FILE";

    /// <summary>Servers or coordinators of one deployment: <c>http[s]://host:port[,…]</c>. The first that answers is used until it does not. Empty: the record is kept in SQLite.</summary>
    public string Urls { get; set; } = "";

    /// <summary>The database that the rest of Chimera reads; made at the first contact if it is not there. Default <c>chimera</c>; a letter, then at most 63 letters, digits, _ and -.</summary>
    public string Database { get; set; } = "chimera";

    /// <summary>Default <c>root</c>. Needs read and write on the database, and on <c>_system</c> only where the database is not there yet.</summary>
    public string User { get; set; } = "root";

    /// <summary>Default empty, as a fresh server has it. Never logged.</summary>
    public string Password { get; set; } = "";

    /// <summary>A token to be used as it is, instead of user and password. Empty: none. Never logged. Nothing renews it.</summary>
    public string Jwt { get; set; } = "";

    /// <summary>What becomes of user and password: <c>JWT</c> (default), a token that the server gives for them, asked for anew when it has expired; or <c>BASIC</c>, sent with each request.</summary>
    public string Auth { get; set; } = "JWT";

    /// <summary>PEM file with the authority that signed the servers' certificates. Empty: those that the machine trusts.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>How long one answer is waited for, at each address. Default 10 s; 0.1 to 60 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    internal void Read(IConfiguration configuration)
    {
        Urls = EnvironmentValue.Text(configuration, UrlsVariable, Urls);
        Database = EnvironmentValue.Text(configuration, DatabaseVariable, Database);
        User = EnvironmentValue.Text(configuration, "S4_DB_ARANGO_USER", User);
        Password = configuration["S4_DB_ARANGO_PASSWORD"] ?? Password;
        Jwt = EnvironmentValue.Text(configuration, "S4_DB_ARANGO_JWT", Jwt);
        Auth = EnvironmentValue.Text(configuration, AuthVariable, Auth);
        CaFile = EnvironmentValue.Text(configuration, CaFileVariable, CaFile);
        CallTimeout = TimeSpan.FromMilliseconds(EnvironmentValue.Whole(configuration, "S4_DB_ARANGO_TIMEOUT_MS", 100, 60_000, 10_000, "milliseconds"));
    }

    /// <exception cref="FormatException">An address is not http[s]://host:port.</exception>
    internal Uri[] EndPoints() => [.. Urls.Split(',', StringSplitOptions.TrimEntries).Select(EndPoint)];

    /// <exception cref="CryptographicException">Not a PEM file with a certificate.</exception>
    internal X509Certificate2Collection? Authorities()
    {
        if (CaFile.Length == 0) return null;
        var read = new X509Certificate2Collection();
        read.ImportFromPemFile(CaFile);
        return read.Count > 0 ? read : throw new CryptographicException("it holds no certificate");
    }

    static Uri EndPoint(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Fragment: "" }
            ? uri
            : throw new FormatException("each address must be http://host:port or https://host:port, such as http://127.0.0.1:8529, without user or path; separate several by commas");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
    private static partial Regex DatabaseForm();

    internal sealed class Check : IValidateOptions<ArangoOptions>
    {
        public ValidateOptionsResult Validate(string? name, ArangoOptions options)
        {
            var problems = new List<string>();
            Try(UrlsVariable, options.EndPoints);
            if (!DatabaseForm().IsMatch(options.Database)) problems.Add($"{DatabaseVariable}: '{options.Database}' is not a letter followed by at most 63 letters, digits, _ and -, such as chimera.");
            if (options.Auth is not ("JWT" or "BASIC")) problems.Add($"{AuthVariable}: '{options.Auth}' is not one of JWT, BASIC.");
            Try(CaFileVariable, options.Authorities);
            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

            void Try(string variable, Func<object?> read)
            {
                try { read(); }
                catch (Exception e) when (e is FormatException or CryptographicException or IOException or UnauthorizedAccessException) { problems.Add($"{variable}: {e.Message}."); }
            }
        }
    }
}
