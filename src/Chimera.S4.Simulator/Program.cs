namespace Chimera.S4.Simulator;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(CommandLine.Help);
            return 0;
        }
        try
        {
            await using var simulator = await SimulatorHost.StartAsync(CommandLine.Parse(args));
            Console.WriteLine($"Exchange simulator listening on {simulator.Address}");
            await simulator.WaitForShutdownAsync();
            return 0;
        }
        catch (CommandLineError error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }
}
