namespace Weft.Agents.Models.Catalog;

/// <summary>What a model can do.</summary>
[Flags]
public enum ModelSupport
{
    /// <summary>Text alone.</summary>
    None = 0,

    /// <summary>Asks for tool calls.</summary>
    Tools = 1,

    /// <summary>Reads images.</summary>
    Vision = 2,

    /// <summary>The provider holds the reply to a JSON Schema.</summary>
    StructuredOutput = 4,

    /// <summary>The provider holds the reply to some JSON object.</summary>
    JsonMode = 8,

    /// <summary>Spends output tokens on thinking.</summary>
    Reasoning = 16,

    /// <summary>It can send its answer piece by piece.</summary>
    Streaming = 32,
}
