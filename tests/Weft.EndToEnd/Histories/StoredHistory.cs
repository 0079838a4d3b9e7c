using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Embedded.Replay;
using Weft.Language;

namespace Weft.EndToEnd.Histories;

/// <summary>One instance as a build wrote it: the rows of its history byte for byte, and the same in readable form.</summary>
internal sealed record StoredHistory
{
    public required string InstanceId { get; init; }

    /// <summary>Gets the name of its orchestrator.</summary>
    public required string Orchestrator { get; init; }

    /// <summary>Gets when it was made, in UTC ticks.</summary>
    public required long CreatedAt { get; init; }

    public required int Generation { get; init; }

    public string? ParentId { get; init; }

    public int ParentGeneration { get; init; }

    public int ParentStep { get; init; }

    /// <summary>Gets the rows of its history, in order.</summary>
    public required IReadOnlyList<byte[]> Batches { get; init; }

    /// <summary>Gets what <see cref="Batches"/> says.</summary>
    public required IReadOnlyList<JsonObject> Events { get; init; }

    /// <summary>Gets what the orchestrator gave to each step: histories keep no inputs.</summary>
    public required JsonObject Inputs { get; init; }

    public static StoredHistory Read(string file) =>
        JsonSerializer.Deserialize<StoredHistory>(File.ReadAllText(file), WeftJson.Options)!; // The file is no null.

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, WeftJson.Indented) + "\n");

    public InstanceIdentity ToIdentity() =>
        new(InstanceId, Orchestrator, CreatedAt, ParentId is null ? null : new ParentStep(ParentId, ParentGeneration, ParentStep));

    /// <summary>Reads the rows as the engine does.</summary>
    public List<HistoryEvent> Decode()
    {
        List<HistoryEvent> entries = [];
        foreach (var batch in Batches)
        {
            HistoryCodec.Read(batch, entries);
        }

        return entries;
    }

    /// <summary>An entry as a reader can follow it.</summary>
    public static JsonObject Describe(HistoryEvent entry)
    {
        var described = new JsonObject
        {
            ["kind"] = (int)entry.Kind,
            ["said"] = entry.ToString().TrimEnd(),
            ["at"] = entry.At,
            ["step"] = entry.Step,
        };
        Add("name", entry.Name);
        Add("other", entry.Other);
        Add("time", entry.Time == 0 ? null : entry.Time);
        Add("payload", entry.Payload is null ? null : JsonNode.Parse(entry.Payload));
        return described;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                described[name] = value;
            }
        }
    }
}
