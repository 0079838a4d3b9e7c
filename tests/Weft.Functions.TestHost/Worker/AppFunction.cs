using System.Text.Json;
using Weft.Functions.TestHost.Worker.Rpc;

namespace Weft.Functions.TestHost.Worker;

/// <summary>A function of the app, as its worker describes it.</summary>
internal sealed class AppFunction
{
    private readonly List<JsonElement> _bindings;

    public AppFunction(RpcFunctionMetadata metadata)
    {
        Id = metadata.FunctionId;
        Name = metadata.Name;
        _bindings = [.. metadata.RawBindings.Select(b => JsonElement.Parse(b))];
        Trigger = _bindings.Find(b => TypeOf(b).EndsWith("trigger", StringComparison.Ordinal));
    }

    public string Id { get; }

    public string Name { get; }

    /// <summary>Gets the binding that starts it, with all that it says.</summary>
    public JsonElement Trigger { get; }

    /// <summary>Gets the kind of the trigger in lower case, such as <c>httptrigger</c>.</summary>
    public string TriggerType => TypeOf(Trigger);

    /// <summary>Gets the name of the parameter that the trigger is bound to.</summary>
    public string TriggerName => Trigger.GetProperty("name").GetString()!; // Every binding has one.

    /// <summary>Gets the names of the parameters that take the engine's client.</summary>
    public IEnumerable<string> ClientNames =>
        _bindings.Where(b => TypeOf(b) == "durableclient").Select(b => b.GetProperty("name").GetString()!); // Every binding has one.

    /// <summary>A text that the trigger says; null: it does not.</summary>
    public string? Says(string name) =>
        Trigger.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The methods that an HTTP trigger takes; none: any.</summary>
    public string[] Methods() =>
        Trigger.TryGetProperty("methods", out var methods) && methods.ValueKind == JsonValueKind.Array
            ? [.. methods.EnumerateArray().Select(m => m.GetString()!)] : []; // They are texts.

    private static string TypeOf(JsonElement binding) =>
        binding.GetProperty("type").GetString()!.ToLowerInvariant(); // Every binding has one.
}
