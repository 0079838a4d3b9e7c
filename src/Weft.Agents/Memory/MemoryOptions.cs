using System.ComponentModel.DataAnnotations;

namespace Weft.Agents.Memory;

/// <summary>How conversations and knowledge are kept.</summary>
public sealed class MemoryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Weft:Memory";

    /// <summary>Gets or sets the messages that reading a conversation answers, newest last, when the request sets no limit.</summary>
    /// <value>1 to 1,000. The default is 50.</value>
    [Range(1, 1000)]
    public int ReadLimit { get; set; } = 50;

    /// <summary>Gets or sets the messages that a memory without limits of its own keeps.</summary>
    /// <value>10 to 100,000. The default is 1,000. The oldest go first.</value>
    [Range(10, 100_000)]
    public int MaxMessages { get; set; } = 1_000;

    /// <summary>Gets or sets the documents that a knowledge search answers, when the request sets no number.</summary>
    /// <value>1 to 100. The default is 5.</value>
    [Range(1, 100)]
    public int TopK { get; set; } = 5;

    /// <summary>Gets or sets the length of the pieces that documents are searched in, in characters.</summary>
    /// <value>200 to 8,000. The default is 2,000. A change counts for documents that are put afterwards.</value>
    [Range(200, 8_000)]
    public int ChunkLength { get; set; } = 2_000;
}
