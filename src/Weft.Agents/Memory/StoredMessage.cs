using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Records;
using Weft.Workflows;

namespace Weft.Agents.Memory;

/// <summary>One stored message and its number.</summary>
internal sealed record StoredMessage(long Number, MemoryMessage Message, long Tokens);
