namespace Weft.Functions.HostTests.Costs;

/// <summary>Whose a storage operation is.</summary>
internal enum StorageOwner
{
    /// <summary>The Durable extension's: queues, histories, instances, leases.</summary>
    Engine,

    /// <summary>The product's record tables, and the rows that its payloads are cut into.</summary>
    Records,

    /// <summary>The Functions host's own.</summary>
    Host,
}
