using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>A table of the state as a resource of the API.</summary>
/// <param name="apps">The apps that it is part of.</param>
/// <param name="dialect">How it says that something failed.</param>
/// <param name="table">The table.</param>
/// <param name="name">What one of them is called when it is not found.</param>
/// <param name="notFound">The slug of that error, where it has one.</param>
internal abstract class Resource(AppService apps, ComposioDialect dialect, string table, string name, string? notFound)
{
    protected AppService Apps => apps;

    protected SandboxState State => apps.State;

    protected DateTimeOffset Now => apps.Clock.GetUtcNow();

    public WireResponse Get(Exchange exchange) => On(exchange, row => WireResponse.Of(View(row)));

    protected abstract JsonObject View(JsonObject row);

    protected virtual JsonObject? Find(string id) => State.Find<JsonObject>(table, id);

    /// <summary>Does something with the row that the path names, under the state's gate.</summary>
    protected WireResponse On(Exchange exchange, Func<JsonObject, WireResponse> action)
    {
        lock (State.Gate)
        {
            var id = exchange.Route("id");
            return Find(id) is { } row ? action(row) : dialect.Error(new WireError(404, $"{name} {id} not found") { Type = notFound });
        }
    }

    /// <summary>Changes members of a row and keeps it; a new one that is null leaves the old one.</summary>
    protected JsonObject Put(JsonObject row, JsonObject changes)
    {
        foreach (var (member, value) in changes.Where(change => change.Value is not null))
        {
            row[member] = value!.DeepClone(); // It is not null.
        }

        State.Put(table, row.Str("id")!, row); // Every row has an id.
        return row;
    }

    protected WireResponse Refused(WireError error) => dialect.Error(error);
}
