using Chimera.S4.Router.Stores.Redis;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Stores;

/// <summary>Where S4 keeps its own file. Environment: <c>S4_DATA_DIR</c>, <c>S4_RESULTS_MAX_LENGTH</c>.</summary>
public sealed class DataOptions
{
    public const string DirVariable = "S4_DATA_DIR";

    /// <summary>Folder of <c>s4.db</c>, created when absent. Default <c>data</c>, below the working directory. On a local disk: SQLite's locks do not hold on network shares.</summary>
    public string Dir { get; set; } = "data";

    /// <summary>How many result lines are kept. Default 100,000; 1,000 to 10,000,000.</summary>
    public int ResultsMaxLength { get; set; } = RedisOptions.DefaultResultsMaxLength;

    /// <summary>How long one call may take before it counts as unanswered. Not a setting: a local disk that needs longer is broken.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(3);

    public string File => Path.Combine(Dir, "s4.db");

    internal void Read(IConfiguration configuration)
    {
        Dir = EnvironmentValue.Text(configuration, DirVariable, Dir);
        ResultsMaxLength = RedisOptions.ReadResultsMaxLength(configuration);
    }

    internal sealed class Check : IValidateOptions<DataOptions>
    {
        public ValidateOptionsResult Validate(string? name, DataOptions options)
        {
            try
            {
                Directory.CreateDirectory(options.Dir);
                return ValidateOptionsResult.Success;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                return ValidateOptionsResult.Fail($"{DirVariable}: '{options.Dir}' is not a folder that S4 can create and write, such as data or /var/lib/s4 ({e.Message}).");
            }
        }
    }
}
