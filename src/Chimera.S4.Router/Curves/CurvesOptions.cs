using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Curves;

/// <summary>Where curves come from when Redis has none. Environment: <c>S4_ROUTE_TABLE_PATH</c>.</summary>
public sealed record CurvesOptions
{
    /// <summary>A JSON object, symbol → document as in <c>router:curves:{symbol}</c>; read again when it changes. Absent: curves come from Redis only. Redis has the last word on every symbol that it holds.</summary>
    public string? TablePath { get; init; }

    public static CurvesOptions Read(IConfiguration configuration)
    {
        if (EnvironmentValue.Text(configuration, "S4_ROUTE_TABLE_PATH", "") is not { Length: > 0 } path) return new CurvesOptions();
        return File.Exists(path) ? new CurvesOptions { TablePath = path } : throw EnvironmentValue.Wrong("S4_ROUTE_TABLE_PATH", $"there is no file '{path}'; it is a JSON object of symbols and their curves, such as /etc/chimera/route.json");
    }
}
