using System.Globalization;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Recalibration;

/// <summary>The file of <c>S4_TCA_SOURCE</c>: a leg a line. Empty lines are none.</summary>
sealed class TcaFile(string path) : ITcaSource
{
    public string Name => path;

    public async Task<TcaReading> Read(DateTimeOffset since, CancellationToken cancel)
    {
        var (rows, refused, number) = (new List<(string, TcaRow)>(), new List<TcaRefusal>(), 0);
        try
        {
            await foreach (var line in File.ReadLinesAsync(path, cancel))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line)) continue;
                if (TcaLine.Read(line, out var problem) is not { } read) refused.Add(new TcaRefusal($"line {number.ToString(CultureInfo.InvariantCulture)}", problem));
                else if (read.Row.At >= since) rows.Add(read);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{path} cannot be read: {unreadable.Message}", unreadable);
        }
        return TcaReading.Of(rows, refused);
    }
}
