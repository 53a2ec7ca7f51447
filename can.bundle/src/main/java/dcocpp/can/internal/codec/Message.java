package dcocpp.can.internal.codec;

/** The messages of the contract. The identifier on the bus is the base plus the plcId in its low four bits, in both directions. */
public enum Message {
    CHARGE_INFO("ChargeInfo", 0x100, Sender.PLC, 2, false),
    SOFTWARE_INFO("SoftwareInfo", 0x110, Sender.PLC, 8, false),
    ERROR_CODES("ErrorCodes", 0x120, Sender.PLC, 1, false),
    HW_STATUS("HwStatus", 0x130, Sender.PLC, 7, false),
    GCMC_STATUS("GCMC_Status", 0x150, Sender.PLC, 8, true),
    RELAY_STATUS("RelayStatus", 0x160, Sender.PLC, 8, true),
    ENERGY_METER_DATA("EnergyMeterData", 0x170, Sender.PLC, 8, false),
    RFID_EVENT("RfidEvent", 0x180, Sender.PLC, 3, false),
    SAFETY_SWITCH_STATUS("SafetySwitchStatus", 0x190, Sender.PLC, 8, true),
    CONFIG_ACK("ConfigAck", 0x1A0, Sender.PLC, 8, true),
    DEBUG_INFO("DebugInfo", 0x1B0, Sender.PLC, 4, false),
    EV_MAX_LIMITS("EVDC_MaxLimits", 0x200, Sender.PLC, 6, false),
    EV_TARGETS("EVDC_Targets", 0x210, Sender.PLC, 8, false),
    EV_STATUS_DISPLAY("EV_StatusDisplay", 0x220, Sender.PLC, 7, false),
    EV_ENERGY_LIMITS("EVDC_EnergyLimits", 0x230, Sender.PLC, 6, false),
    EV_MAC("EVMAC", 0x240, Sender.PLC, 8, false),
    EV_AC_CONTROL("EVAC_ChgCtrl", 0x250, Sender.PLC, 8, false),
    EMAID0("EMAID0", 0x260, Sender.PLC, 8, false),
    EMAID1("EMAID1", 0x270, Sender.PLC, 8, false),
    EVCCID("EVCCID", 0x280, Sender.PLC, 8, false),
    MAX_LIMITS("EVSE_DC_MaxLimits", 0x300, Sender.HOST, 8, true),
    PRESENT("EVSE_DC_Present", 0x310, Sender.HOST, 8, true),
    RELAY_CONTROL("RelayControl", 0x340, Sender.HOST, 8, true),
    CONFIG_CMD("ConfigCmd", 0x380, Sender.HOST, 8, true),
    GCMC_COMMAND("GCMC_Command", 0x390, Sender.HOST, 8, true),
    RTT_LOG("RTTLog", 0x400, Sender.PLC, 4, false),
    CHARGING_SESSION("ChargingSession", 0x410, Sender.PLC, 6, false),
    RT_EV_LOG("RTEVLog", 0x420, Sender.PLC, 8, false),
    CP_VOLTAGE_LEVELS("CP_VoltageLevels", 0x430, Sender.PLC, 8, false),
    BOOT_CONFIG("BootConfig", 0x90000, Sender.PLC, 5, false);

    public static final int PLC_ID_MASK = 0xF;

    private static final int BOOT_BASE = 0x90000;
    private static final Message[] BY_BASE = byBase();

    private final String dbcName;
    private final int base;
    private final Sender sender;
    private final int minimumLength;
    private final boolean checksummed;

    Message(String dbcName, int base, Sender sender, int minimumLength, boolean checksummed) {
        this.dbcName = dbcName;
        this.base = base;
        this.sender = sender;
        this.minimumLength = minimumLength;
        this.checksummed = checksummed;
    }

    private static Message[] byBase() {
        Message[] messages = new Message[0x44];
        for (Message message : values()) {
            if (message.base < BOOT_BASE) {
                messages[message.base >> 4] = message;
            }
        }
        return messages;
    }

    /** The message of a 29-bit identifier without flags; null when the contract has none. */
    public static Message of(int id) {
        int index = id >> 4;
        if (index >= 0 && index < BY_BASE.length) {
            return BY_BASE[index];
        }
        return (id & ~PLC_ID_MASK) == BOOT_BASE ? BOOT_CONFIG : null;
    }

    /** Its identifier for one PLC. */
    public int id(int plcId) {
        return base | plcId;
    }

    public String dbcName() {
        return dbcName;
    }

    public int base() {
        return base;
    }

    public Sender sender() {
        return sender;
    }

    /** Bytes that a receiver needs. A checksummed frame has exactly eight. */
    public int minimumLength() {
        return minimumLength;
    }

    public boolean checksummed() {
        return checksummed;
    }

    /** Who sends a message. */
    public enum Sender {
        /** This program. */
        HOST,
        /** The PLC of a gun. */
        PLC
    }
}
