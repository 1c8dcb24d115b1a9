using System.Security.Cryptography;
using System.Text;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Startup;

/// <summary>The order in which the parts come up.</summary>
public static class StartupSetup
{
    public static IServiceCollection AddStartup(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<StartupGate>()
        .AddSingleton(Replica.New())
        .AddSingleton(Identity(configuration))
        .AddHostedService<StartupSequence>();

    // The key stands for the account, hashed: a store must not be used with another account by mistake.
    static DeploymentIdentity Identity(IConfiguration configuration)
    {
        if (EnvironmentValue.Text(configuration, "S4_EXCHANGE", "paper") == "paper") return new DeploymentIdentity("paper");
        var network = configuration["S4_BINANCE_SPOT_REST_URL"] is { Length: > 0 } url ? new Uri(url).Authority
            : EnvironmentValue.Text(configuration, "S4_TESTNET", "true") is var testnet && testnet.Equals("false", StringComparison.OrdinalIgnoreCase) ? "production" : "testnet";
        var account = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(configuration["S4_BINANCE_KEY"] ?? "")))[..12];
        return new DeploymentIdentity($"binance {network} account {account}");
    }
}
