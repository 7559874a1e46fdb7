"""The spellings of a time in chat, each with the word that the grammar knows it by. Data only."""

from __future__ import annotations

from bakohumas_bot.domain.almanac import DAYS, MONTHS

# What stands first is the grammar's word; a new spelling is one more word in its row.
_SPELLINGS = """
besok: bsk besuk bsok bsk esok keesokan
lusa: lsa
kemarin: kmrn kemaren kmaren kmarin kemarn
tadi: td barusan
lalu: lampau silam kemarennya
nanti: ntar entar nnt nti ntr tar
hari: hr hri
ini: ni
pagi: pg pgi pagi-pagi
siang: sg siank
sore: sr petang sore-sore
malam: malem mlm mlem mlam
dini: fajar
tengah: tngah
subuh: shubuh subuhan subu
zuhur: dzuhur dhuhur duhur lohor luhur zhuhur zuhr
asar: ashar asyar ashr
magrib: maghrib mahgrib magriban maghriban mgrb
isya: isa isyak isyaa isyaan
jumatan: jum'atan jumaatan
habis: abis hbs setelah stlh sesudah ba'da bada bakda usai selesai sehabis seusai pasca
sebelum: sblm sebelom jelang menjelang sbelum
jam: jm pukul pkl pk pkul
menit: mnt mnit
tanggal: tgl tg tggl tgal
bulan: bln
tahun: thn
minggu: mgg mggu mingu
depan: dpn mendatang selanjutnya datang
lagi: lg lgi
dari: dr
setengah: stengah stgh stngh
seperempat: sprmpt
kurang: krg krang
lewat: lwt lebih lbh
atau: ato atw sampai sampe smpai sd hingga s/d s.d s.d.
sekarang: skrg skr skrng skarang
segera: sgera secepatnya langsung asap
sebentar: bentar bntr sbntr
sekitar: kira-kira kira2 kurleb kisaran sekitaran seputar
awal: awl
akhir: ujung akhr
pertengahan: pertengahn
dalam: dlm
senin: senen sen
selasa: sel slasa
rabu: rab rebo
kamis: kam kemis
jumat: jum jum'at jemuah
sabtu: sab setu saptu
ahad: akhad
januari: jan
februari: feb pebruari peb
maret: mar mrt
april: apr
mei: mey may
juni: jun
juli: jul
agustus: agu agt ags agst
september: sep sept
oktober: okt oct
november: nov nop nopember
desember: des dec
tujuh: tuju
delapan: lapan dlapan
sembilan: smbilan
apel: upacara
"""
# What says nothing about the time; "min" (admin) is no filler: it may be minutes or Sunday.
_FILLERS = """
ya yaa yah dong deh aja saja sj pak bu bapak ibu mas mbak kak tolong mohon tlg tayang tayangkan terbit terbitkan
posting post upload unggah jadwalkan dijadwalkan ditayangkan diterbitkan di pada untuk utk yang yg akan itu waktu
setempat tepat pas sholat salat solat shalat
"""
FILLERS = frozenset(_FILLERS.split())
WEEKDAYS = {"senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "sabtu": 5, "minggu": 6, "ahad": 6}
MONTH_NAMES = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
_NUMBERS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
NUMBERS = {word: number for number, word in enumerate(_NUMBERS.split())}
ONE_OF = {
    "sejam": "jam",
    "semenit": "menit",
    "sehari": "hari",
    "seminggu": "minggu",
    "sepekan": "pekan",
    "sebulan": "bulan",
    "setahun": "tahun",
}
_PLAIN = "an wib wita wit slot berikutnya kosong pekan makan belas puluh istirahat detik mungkin secepat saat"
KNOWN = {word: word for word in (*_PLAIN.split(), *FILLERS, *WEEKDAYS, *MONTH_NAMES, *NUMBERS, *ONE_OF)}
for _row in _SPELLINGS.strip().splitlines():
    _word, _, _others = _row.partition(": ")
    KNOWN |= dict.fromkeys((_word, *_others.split()), _word)

# Only names of days and months are read with one letter wrong; a word that means something else never is.
NAMES = tuple(name.lower() for name in (*DAYS, *MONTHS) if len(name) > 3)
NO_SLIPS = frozenset({"selama", "selasar", "mare", "kami", "kamus", "junior", "rabut", "sabut"})
