using System.Text;

namespace Chimera.S4.Simulator.Persistence;

/// <summary>Lines together with whether each was terminated, which <see cref="TextReader.ReadLine"/> does not tell.</summary>
internal sealed class LineReader(TextReader reader)
{
    private readonly StringBuilder _line = new();

    public bool Terminated { get; private set; }
    public bool Ended => reader.Peek() < 0;

    public string? Next()
    {
        _line.Clear();
        Terminated = false;
        for (int read; (read = reader.Read()) >= 0;)
        {
            if (read == '\n')
            {
                Terminated = true;
                return _line.ToString();
            }
            _line.Append((char)read);
        }
        return _line.Length == 0 ? null : _line.ToString();
    }
}
