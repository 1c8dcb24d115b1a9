using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chimera.S4.Simulator.Persistence;

/// <summary>The data file: one JSON object per line, appended and handed to the operating system before the change is answered.</summary>
/// <remarks>Survives kill -9 of the process. Not fsynced: the loss of the machine's power is not what a paper account has to survive.</remarks>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Format = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly FileStream _file;
    private readonly Lock _gate = new();

    public Journal(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Reads every whole line and leaves the file ready to append; a torn last line is cut off.</summary>
    public IEnumerable<JournalLine> Replay()
    {
        var whole = 0L;
        using var reader = new StreamReader(_file, leaveOpen: true);
        var text = new LineReader(reader);
        while (text.Next() is { } line)
        {
            JournalLine? entry;
            try
            {
                entry = JsonSerializer.Deserialize<JournalLine>(line, Format);
            }
            catch (JsonException error) when (!text.Ended)
            {
                throw new InvalidDataException($"The data file has an unreadable line at byte {whole}; only the last line may be torn.", error);
            }
            catch (JsonException)
            {
                break;
            }
            if (!text.Terminated) break;
            whole += System.Text.Encoding.UTF8.GetByteCount(line) + 1;
            if (entry is not null) yield return entry;
        }
        _file.SetLength(whole);
        _file.Seek(whole, SeekOrigin.Begin);
    }

    public void Append(JournalLine line)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, Format);
        Array.Resize(ref bytes, bytes.Length + 1);
        bytes[^1] = (byte)'\n';
        // One write per line: the kernel has all of it or none when the process dies.
        lock (_gate) _file.Write(bytes);
    }

    public void Dispose() => _file.Dispose();
}
