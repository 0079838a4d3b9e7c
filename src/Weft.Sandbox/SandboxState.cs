using System.Text;
using System.Text.Json.Nodes;
using Weft.Sandbox.Composio.Chat;
using Weft.Sandbox.Composio.Code;
using Weft.Sandbox.Composio.Connections;
using Weft.Sandbox.Composio.Mail;
using Weft.Sandbox.Composio.Shop;
using Weft.Sandbox.Json;

namespace Weft.Sandbox;

/// <summary>The world behind Composio's actions: a shop, a mailbox, a chat, code repositories, and who is connected. Safe for concurrent use.</summary>
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
                ["shop"] = new JsonObject { ["orders"] = Items(Order.Table), ["returns"] = Items(OrderReturn.Table), ["refunds"] = Items(Refund.Table), ["store_credits"] = Items(StoreCredit.Table) },
                ["mail"] = new JsonObject { ["sent"] = Items(Email.Table), ["drafts"] = Items(Email.Drafts) },
                ["chat"] = new JsonObject { ["channels"] = Items(ChatChannel.Table), ["messages"] = Items(ChatMessage.Table) },
                ["code"] = new JsonObject { ["issues"] = Items(Issue.Table) },
                ["connections"] = Items(ConnectedAccount.Table),
                ["auth_configs"] = Items(AuthConfig.Table),
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

    public void Dispose() => _journal?.Dispose();

    /// <summary>Reads a row; the caller holds <see cref="Gate"/>.</summary>
    internal T? Find<T>(string table, string id)
        where T : class => Table(table).TryGetValue(id, out var node) ? SandboxJson.From<T>(node) : null;

    /// <summary>Reads all rows in the order in which they were first written; the caller holds <see cref="Gate"/>.</summary>
    internal IReadOnlyList<T> All<T>(string table) => [.. Table(table).Values.Select(SandboxJson.From<T>)];

    internal int Count(string table) => Table(table).Count;

    /// <summary>Writes a row and journals it; the caller holds <see cref="Gate"/>.</summary>
    internal void Put<T>(string table, string id, T row)
    {
        var node = SandboxJson.ToNode(row);
        Table(table)[id] = node;
        _journal?.Write(Encoding.UTF8.GetBytes(SandboxJson.Text(new JsonObject { ["table"] = table, ["id"] = id, ["row"] = node.DeepClone() }) + "\n"));
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
        foreach (var order in SeedOrders.At(_clock.GetUtcNow()))
        {
            Table(Order.Table)[order.Id] = SandboxJson.ToNode(order);
        }

        foreach (var earlier in SeedOrders.ReturnsAt(_clock.GetUtcNow()))
        {
            Table(OrderReturn.Table)[earlier.ReturnId] = SandboxJson.ToNode(earlier);
            Table(OrderReturn.ByOrder)[earlier.OrderId] = SandboxJson.ToNode(earlier.ReturnId);
        }

        foreach (var channel in ChatChannel.Seed)
        {
            Table(ChatChannel.Table)[channel.Id] = SandboxJson.ToNode(channel);
        }

        foreach (var config in AuthConfig.Seed)
        {
            Table(AuthConfig.Table)[config.Id] = SandboxJson.ToNode(config);
        }

        foreach (var account in ConnectedAccount.SeedAt(_clock.GetUtcNow()))
        {
            Table(ConnectedAccount.Table)[account.Id] = SandboxJson.ToNode(account);
        }
    }

    /// <summary>Applies a journal; a last line that a crash cut short is left out.</summary>
    private void Replay(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            if (!JsonReading.TryParse(line, out var entry) || entry.Str("table") is not { } table || entry.Str("id") is not { } id)
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
