using System.Text;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>The world behind Composio's actions: a shop, a mailbox, a chat, code repositories, and who is connected.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class SandboxState : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, Dictionary<string, JsonNode>> _tables = new(StringComparer.Ordinal);
    private readonly FileStream? _journal;

    internal SandboxState(string? file, TimeProvider clock)
    {
        _clock = clock;
        Seed();
        if (file is null)
        {
            return;
        }

        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        if (File.Exists(file))
        {
            Replay(file);
        }

        _journal = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (_journal.Length > 0)
        {
            // A crash may have cut the last line short; an empty line is skipped.
            _journal.WriteByte((byte)'\n');
        }
    }

    internal Lock Gate { get; } = new();

    /// <summary>The whole state: <c>shop</c>, <c>mail</c>, <c>chat</c>, <c>code</c>, <c>connections</c>, <c>auth_configs</c>.</summary>
    public JsonObject ToJson()
    {
        lock (Gate)
        {
            JsonArray Items(string table) => [.. Table(table).Values.Select(value => value.DeepClone())];
            return new JsonObject
            {
                ["shop"] = new JsonObject
                {
                    ["orders"] = Items(Shop.Orders),
                    ["returns"] = Items("returns"),
                    ["refunds"] = Items("refunds"),
                    ["store_credits"] = Items("store_credits"),
                },
                ["mail"] = new JsonObject { ["sent"] = Items("mails"), ["drafts"] = Items("drafts") },
                ["chat"] = new JsonObject { ["channels"] = Items("channels"), ["messages"] = Items("messages") },
                ["code"] = new JsonObject { ["issues"] = Items("issues") },
                ["connections"] = Items(ConnectionsApi.Table),
                ["auth_configs"] = Items(AuthConfigsApi.Table),
            };
        }
    }

    /// <summary>Goes back to the seed data, in the journal too.</summary>
    public void Reset()
    {
        lock (Gate)
        {
            _tables.Clear();
            _journal?.SetLength(0);
            Seed();
        }
    }

    /// <summary>Closes the journal.</summary>
    public void Dispose() => _journal?.Dispose();

    /// <summary>Reads a row; the caller holds <see cref="Gate"/>.</summary>
    internal T? Find<T>(string table, string id)
        where T : class => Table(table).TryGetValue(id, out var node) ? SandboxJson.From<T>(node) : null;

    /// <summary>Reads all rows in the order in which they were first written; the caller holds <see cref="Gate"/>.</summary>
    internal IReadOnlyList<T> All<T>(string table) => [.. Table(table).Values.Select(SandboxJson.From<T>)];

    /// <summary>Reads all rows as they are kept; the caller holds <see cref="Gate"/>, and changes none.</summary>
    internal IEnumerable<JsonObject> Rows(string table) => Table(table).Values.OfType<JsonObject>();

    internal int Count(string table) => Table(table).Count;

    /// <summary>Writes a row and journals it; the caller holds <see cref="Gate"/>.</summary>
    internal void Put<T>(string table, string id, T row)
    {
        var node = SandboxJson.ToNode(row);
        Table(table)[id] = node;
        _journal?.Write(Encoding.UTF8.GetBytes(SandboxJson.Text(
            new JsonObject { ["table"] = table, ["id"] = id, ["row"] = node.DeepClone() }) + "\n"));
    }

    internal void Remove(string table, string id)
    {
        if (Table(table).Remove(id))
        {
            _journal?.Write(Encoding.UTF8.GetBytes(SandboxJson.Text(new JsonObject { ["table"] = table, ["id"] = id }) + "\n"));
        }
    }

    private Dictionary<string, JsonNode> Table(string name)
    {
        if (!_tables.TryGetValue(name, out var table))
        {
            _tables[name] = table = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        }

        return table;
    }

    private void Seed()
    {
        foreach (var (table, id, row) in SeedData.At(_clock.GetUtcNow()))
        {
            Table(table)[id] = row;
        }
    }

    /// <summary>Applies a journal; a last line that a crash cut short is left out.</summary>
    private void Replay(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            if (JsonReading.Parse(line) is not { } entry || entry.Str("table") is not { } table || entry.Str("id") is not { } id)
            {
                continue;
            }

            if (entry.Get("row") is { } row)
            {
                Table(table)[id] = row.DeepClone();
            }
            else
            {
                Table(table).Remove(id);
            }
        }
    }
}
